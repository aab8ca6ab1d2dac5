package org.sparkautoencoder.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;

/** The files embedded in each page; the only owner of the chart library, Apache ECharts. */
final class PageFiles {
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";

    private PageFiles() {}

    static String style() throws IOException {
        return read("report.css");
    }

    static String drawing() throws IOException {
        return read("report.js");
    }

    static String chartLibrary() throws IOException {
        return read(ECHARTS);
    }

    /** The content security policy source that allows only this script. */
    static String policy(String script) {
        return "'sha256-" + Base64.getEncoder().encodeToString(DigestUtils.sha256(script)) + "'";
    }

    private static String read(String name) throws IOException {
        try (InputStream file = PageFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("missing in the jar: " + name);
            }
            // The HTML parser normalises line ends before the browser computes the hash.
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
            if (text.contains("</script") || text.contains("</style")) {
                throw new IllegalStateException(name + " would end its own element");
            }
            return text;
        }
    }
}
