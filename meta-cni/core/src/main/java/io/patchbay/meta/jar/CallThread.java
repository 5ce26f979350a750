package io.patchbay.meta.jar;

/// A thread of ours that calls into a jar. What the jar itself looks up by the thread's class
/// loader is its own.
final class CallThread extends Thread {
    CallThread(String title, ClassLoader loader, Runnable work) {
        super(work, title);
        setDaemon(true);
        setContextClassLoader(loader);
    }
}
