/**
 * How an epoch's fees and issuance are divided and how a delegator's part is computed lazily. Rule
 * authors implement {@link org.hauptbuch.api.reward.RewardRule}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.api.reward;
