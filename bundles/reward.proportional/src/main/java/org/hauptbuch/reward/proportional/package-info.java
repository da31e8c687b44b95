/** Reward rule {@code reward.proportional}: an epoch's pot is divided by power and work, delegators are paid lazily. */
package org.hauptbuch.reward.proportional;
