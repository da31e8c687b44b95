/** Slashing condition {@code slashing.equivocation}: a validator signed two things that contradict each other. */
package org.hauptbuch.slashing.equivocation;
