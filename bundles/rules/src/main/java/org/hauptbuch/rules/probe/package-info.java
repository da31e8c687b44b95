/**
 * Made-up questions for every kind of rule, the same on every machine, and what is wrong with an answer. Nothing here
 * reads a clock or draws from a random source.
 */
package org.hauptbuch.rules.probe;
