/** A rule of somebody who does know better. */
package org.hauptbuch.tck.sample.good;
