/** An example: a slashing condition in three small classes, the factory, the parameters and the rule itself. */
package org.hauptbuch.examples.slashing.emptyblocks;
