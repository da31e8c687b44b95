/** What TAB offers. */
package org.hauptbuch.shell.complete;
