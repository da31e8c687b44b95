/** An example: a validator selector in two small classes, the factory and the rule itself. */
package org.hauptbuch.examples.selection.richest;
