/**
 * The four attacks that the specification names, carried out in a simulation: each without the mitigation that the
 * specification gives for it, then with it. Everything is drawn from one seed.
 */
package org.hauptbuch.attacks;
