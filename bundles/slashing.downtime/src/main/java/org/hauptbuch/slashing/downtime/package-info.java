/** Slashing condition {@code slashing.downtime}: a validator misses too many of the last blocks. */
package org.hauptbuch.slashing.downtime;
