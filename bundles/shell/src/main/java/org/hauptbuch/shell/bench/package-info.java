/**
 * The load generator behind {@code pos:bench}: signed transfers among accounts of its own, as many as the network
 * makes final in time, measured from submission to finality.
 */
package org.hauptbuch.shell.bench;
