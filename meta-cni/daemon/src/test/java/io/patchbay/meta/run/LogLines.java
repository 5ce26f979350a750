package io.patchbay.meta.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// What is logged while this is open.
final class LogLines implements AutoCloseable {
    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender =
            new AppenderBase<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    lines.add(event.getFormattedMessage());
                }
            };

    private LogLines(String logger) {
        this.logger = (Logger) LoggerFactory.getLogger(logger);
    }

    /// By the core and the daemon's rooms, but for its line on each request.
    static LogLines open() {
        return open("io.patchbay.meta", Level.INFO);
    }

    static LogLines open(String logger, Level level) {
        LogLines log = new LogLines(logger);
        log.appender.setContext(log.logger.getLoggerContext());
        log.appender.start();
        log.logger.setLevel(level);
        log.logger.addAppender(log.appender);
        return log;
    }

    /// The lines with some words.
    List<String> with(String... words) {
        return lines.stream()
                .filter(line -> List.of(words).stream().allMatch(line::contains))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        appender.stop();
    }
}
