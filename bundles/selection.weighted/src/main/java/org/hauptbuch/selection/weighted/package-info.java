/** Selection rule {@code selection.weighted}: the richest validate, proposers are drawn by stake. */
package org.hauptbuch.selection.weighted;
