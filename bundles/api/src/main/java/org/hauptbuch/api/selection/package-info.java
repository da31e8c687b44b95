/**
 * Who may validate and who proposes. Rule authors implement
 * {@link org.hauptbuch.api.selection.SelectionRule} and {@link org.hauptbuch.api.selection.Schedule}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.api.selection;
