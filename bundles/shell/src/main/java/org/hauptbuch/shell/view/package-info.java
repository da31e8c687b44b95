/** What commands answer: for people and, with the same content, for programs. */
package org.hauptbuch.shell.view;
