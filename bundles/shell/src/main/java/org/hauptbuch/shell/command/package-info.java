/** The commands of the scope {@code pos} as Karaf sees them: options and arguments, no more. */
package org.hauptbuch.shell.command;
