package io.patchbay.e2e;

import io.patchbay.e2e.node.DaemonProcess;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;

/// Shows, where a test failed, what its daemons logged. JUnit finds it as a service, for every
/// test.
public final class DaemonLogs
        implements BeforeAllCallback, TestWatcher, LifecycleMethodExecutionExceptionHandler {
    private static final int LINES = 200;

    @Override
    public void beforeAll(ExtensionContext context) {
        DaemonProcess.forgetEnded();
    }

    /// After the methods that end what the test started.
    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        print(context);
        DaemonProcess.forgetEnded();
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        DaemonProcess.forgetEnded();
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable cause)
            throws Throwable {
        print(context);
        throw cause;
    }

    private static void print(ExtensionContext context) {
        String test =
                context.getRequiredTestClass().getSimpleName() + ", " + context.getDisplayName();
        DaemonProcess.started()
                .forEach(daemon -> System.out.printf("%s failed. %s%n", test, daemon.tail(LINES)));
    }
}
