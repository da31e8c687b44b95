/**
 * Who may validate and who proposes. Rule authors implement
 * {@link org.hauptbuch.api.selection.SelectionRule} and one of {@link org.hauptbuch.api.selection.PublicSchedule} and
 * {@link org.hauptbuch.api.selection.PrivateSchedule}.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("2.0.0")
package org.hauptbuch.api.selection;
