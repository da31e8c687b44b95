/** Selection rule {@code selection.vrf}: the richest validate, proposers draw in private, by stake. */
package org.hauptbuch.selection.vrf;
