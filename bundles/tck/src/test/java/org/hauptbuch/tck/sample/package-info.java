/** A rule of somebody who does not know better, as its author would lay it out. */
package org.hauptbuch.tck.sample;
