/** Penalty rule {@code penalty.fixed}: every offence of one gravity costs the same share. */
package org.hauptbuch.penalty.fixed;
