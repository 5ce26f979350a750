/// What a delegate's author tests with: the real core on the real kernel, and faults in between.
module io.patchbay.kit {
    requires static org.jspecify;
    requires org.assertj.core;
    requires org.junit.jupiter.api;
    requires com.fasterxml.jackson.databind;
    requires java.compiler;
    requires transitive io.patchbay.kernel;
    requires transitive io.patchbay.meta.core;
    requires transitive io.patchbay.spi;

    uses io.patchbay.spi.DelegateProvider;

    exports io.patchbay.kit;
    exports io.patchbay.kit.fault;
    exports io.patchbay.kit.jar;
    exports io.patchbay.kit.machine;
    exports io.patchbay.kit.rig;
    exports io.patchbay.kit.rule;
    exports io.patchbay.kit.snapshot;

    // JUnit runs the tests of the rules on the authors' objects.
    opens io.patchbay.kit to
            org.junit.platform.commons;
    opens io.patchbay.kit.rule to
            org.junit.platform.commons;
}
