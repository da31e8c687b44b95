/** The OSGi side: the one component that looks services up for all commands. */
package org.hauptbuch.shell.osgi;
