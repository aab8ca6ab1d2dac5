package org.sparkautoencoder.training;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** Keeps the warnings that this program logs in this JVM. */
final class LogLines extends AbstractAppender implements AutoCloseable {
    private static final String PROGRAM = "org.sparkautoencoder";

    private final Logger root = (Logger) LogManager.getRootLogger();
    private final Level before = LogManager.getLogger(PROGRAM).getLevel();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    LogLines() {
        super("log lines", null, null, true, Property.EMPTY_ARRAY);
        start();
        root.addAppender(this);
        Configurator.setLevel(PROGRAM, Level.WARN);
    }

    /** Those that contain a text. */
    List<String> with(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    @Override
    public void append(LogEvent event) {
        if (event.getLoggerName().startsWith(PROGRAM)) {
            lines.add(event.getMessage().getFormattedMessage());
        }
    }

    @Override
    public void close() {
        Configurator.setLevel(PROGRAM, before);
        root.removeAppender(this);
        stop();
    }
}
