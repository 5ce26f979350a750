package io.patchbay.kit.rig;

import io.patchbay.kit.snapshot.Witness;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The condition of every test on a node of its own: that this process may make network namespaces,
/// and come back from them. A class that may not fails once, with one sentence.
public final class NamespacesAllowed implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext tests) {
        // Coming back is a right over the namespace that the process is in already.
        Witness.Said said =
                Witness.here()
                        .attempt("nsenter", "--net=/proc/self/ns/net", "unshare", "--net", "true");
        if (said.status() != 0) {
            throw refusal(said.output().strip());
        }
    }

    private static AssertionError refusal(String words) {
        AssertionError refusal =
                new AssertionError(
                        ("this process may not make network namespaces (%s): run the build as root, or, where the kernel"
                                        + " allows user namespaces, with"
                                        + " `unshare --user --map-root-user --net --mount` in front of it")
                                .formatted(words));
        refusal.setStackTrace(new StackTraceElement[0]);
        return refusal;
    }
}
