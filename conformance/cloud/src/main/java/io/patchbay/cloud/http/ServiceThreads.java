package io.patchbay.cloud.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The threads on which the cloud's services answer. They are in a group of their own, as the JVM's
/// are: they come and go with whoever asks, and are none of a delegate's, whose own threads the
/// kit's rule 106 counts.
public final class ServiceThreads {
    private static final ThreadGroup GROUP = new ThreadGroup("cloud");

    private ServiceThreads() {}

    /// As many as there are calls at a time.
    public static ExecutorService of(String service) {
        return Executors.newCachedThreadPool(
                Thread.ofPlatform().group(GROUP).daemon().name(service + "-", 0).factory());
    }
}
