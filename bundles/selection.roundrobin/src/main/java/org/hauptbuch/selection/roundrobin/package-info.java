/** Selection rule {@code selection.roundrobin}: the richest validate and take turns in proportion to their stake. */
package org.hauptbuch.selection.roundrobin;
