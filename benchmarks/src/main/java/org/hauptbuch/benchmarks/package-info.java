/** The specification's four operations, measured with JMH. How and what came out: README.md of this module. */
package org.hauptbuch.benchmarks;
