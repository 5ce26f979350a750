package io.patchbay.meta.jar;

/// What is done about the calls into jars while they are under way.
@FunctionalInterface
interface Marking {
    /// For a process that ends with its command, and that no jar is blamed for.
    Marking NONE = (jar, call, action) -> action.run();

    /// Runs a call.
    ///
    /// @param call what is called, and for which container
    void around(Jar jar, String call, Runnable action);
}
