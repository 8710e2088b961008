/**
 * What a run leaves beside its events: results in other formats, annotated videos, contact sheets
 * and a summary. {@link io.vigil.pipeline.report.Report} is the way in.
 */
package io.vigil.pipeline.report;
