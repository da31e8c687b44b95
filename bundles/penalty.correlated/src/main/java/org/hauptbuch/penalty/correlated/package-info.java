/** Penalty rule {@code penalty.correlated}: what many do at once costs more than what one does alone. */
package org.hauptbuch.penalty.correlated;
