package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.jar.DelegateSource;
import io.patchbay.meta.run.Node.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Jars that throw: each is contained and told, and the others go on.
class JarFailuresTest extends JarRig {
    private static final String UNCHECKED =
            "if (true) throw new IllegalStateException(\"a screw\");";
    private static final String OVERFLOW = "Provider.deeper(0);";
    private static final String CHECKED =
            "if (true) throw Provider.sneak(new java.io.IOException(\"a screw\"));";
    private static final String LINKAGE =
            "if (true) throw new NoClassDefFoundError(\"acme/Screw\");";

    @BeforeEach
    void loadGood() {
        load(DelegateSource.of("good"));
    }

    @AfterEach
    void othersGoOn() {
        assertThat(call("ADD", "other", "good").code()).isZero();
        assertThat(status("good").code()).isZero();
        assertThat(call("DEL", "other", "good").code()).isZero();
    }

    private void bad(String part, String body) {
        load(DelegateSource.of("bad").with(part, body));
    }

    private void assertUnavailable(String... words) {
        Answer status = status("bad");
        assertThat(status.code()).as(status.text()).isEqualTo(50);
        assertThat(status.message()).contains(words);
        assertThat(call("ADD", "c1", "bad").message()).contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {UNCHECKED, OVERFLOW, CHECKED, LINKAGE})
    void aConstructorThatThrows(String body) {
        bad("constructor", body);

        assertUnavailable("perhaps a jar has it that could not be loaded: bad.jar");
        assertThat(log.with("bad.jar")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {UNCHECKED, OVERFLOW, CHECKED, LINKAGE})
    void aProviderThatDoesNotSayItsType(String body) {
        bad("type", body + "return \"bad\";");

        assertUnavailable("could not be loaded: bad.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {UNCHECKED, OVERFLOW, CHECKED, LINKAGE})
    void aDelegateThatCannotBeCreated(String body) {
        bad("create", body + "return new Made();");

        assertUnavailable("delegate bad could not be created: delegate bad of bad.jar");
        assertThat(log.with("delegate bad could not be created")).hasSize(1);
    }

    @Test
    void aProviderThatMakesNothing() {
        bad("create", "return null;");

        assertUnavailable("delegate bad of bad.jar", "create returned null");
    }

    @ParameterizedTest
    @ValueSource(strings = {UNCHECKED, OVERFLOW, CHECKED, LINKAGE})
    void aDelegateThatDoesNotStart(String body) {
        bad("start", body);

        assertUnavailable("delegate bad did not start: delegate bad of bad.jar");
        assertThat(log.with("delegate bad did not start")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    probe | ADD   | java.lang.IllegalStateException: a screw
                    add   | ADD   | java.lang.IllegalStateException: a screw
                    del   | DEL   | java.lang.IllegalStateException: a screw
                    check | CHECK | java.lang.IllegalStateException: a screw
                    gc    | GC    | java.lang.IllegalStateException: a screw
                    """)
    void anyVerbThatThrows(String part, String command, String words) {
        failsIn(part, command, UNCHECKED, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    probe | ADD
                    add   | ADD
                    del   | DEL
                    check | CHECK
                    gc    | GC
                    """)
    void anyVerbThatOverflowsItsStackOrThrowsWhatIsChecked(String part, String command) {
        failsIn(part, command, OVERFLOW, "java.lang.StackOverflowError");
    }

    @ParameterizedTest
    @CsvSource({"add, ADD", "del, DEL"})
    void whatIsCheckedIsThrownAllTheSame(String part, String command) {
        failsIn(part, command, CHECKED, "java.io.IOException: a screw");
    }

    private void failsIn(String part, String command, String body, String words) {
        bad(part, part.equals("add") ? body + "return null;" : body);
        if (!command.equals("ADD")) {
            assertThat(call("ADD", "c1", "bad").code()).isZero();
        }

        for (int n = 0; n < 2; n++) {
            Answer answer = command.equals("GC") ? collect("bad") : call(command, "c1", "bad");
            assertThat(answer.code()).as(answer.text()).isEqualTo(999);
            assertThat(answer.message())
                    .contains("delegate bad of bad.jar failed unexpectedly in " + part, words);
        }
        assertThat(log.with("delegate bad of bad.jar failed unexpectedly in " + part)).hasSize(1);
        assertThat(status("bad").code()).isZero();
    }

    private Answer collect(String type) {
        network(type);
        return node.call(
                "GC",
                ", \"cni.dev/valid-attachments\": [{\"containerID\": \"c1\", \"ifname\": \"eth0\"}]");
    }

    @Test
    void aStatusThatThrowsIsFifty() {
        bad("status", UNCHECKED);

        assertThat(status("bad").code()).isEqualTo(50);
        assertThat(status("bad").message())
                .contains("delegate bad of bad.jar failed unexpectedly in status");
        assertThat(log.with("failed unexpectedly in status")).hasSize(1);
    }

    @Test
    void aRefusalIsNoFailure() {
        bad("add", "throw CniException.tryAgain(\"the pool is empty\");");
        for (int n = 0; n < 4; n++) {
            Answer refused = call("ADD", "c1", "bad");
            assertThat(refused.code()).isEqualTo(11);
            assertThat(refused.message()).contains("the pool is empty");
        }
        assertThat(status("bad").code()).isZero();
    }

    @Test
    void threeAddsThatFailInARowAreToldByStatusUntilOneSucceeds() {
        bad(
                "add",
                """
                if (attachment.id().containerId().startsWith("bad")) throw new IllegalStateException("a screw");
                return Attached.of(CniResult.EMPTY);
                """);
        for (int n = 1; n <= 3; n++) {
            assertThat(status("bad").code()).isZero();
            assertThat(call("ADD", "bad" + n, "bad").code()).isEqualTo(999);
        }
        assertThat(status("bad").code()).isEqualTo(50);
        assertThat(status("bad").message())
                .contains("3 times in a row, delegate bad of bad.jar failed unexpectedly in add");

        assertThat(call("ADD", "c1", "bad").code()).isZero();
        assertThat(status("bad").code()).isZero();
    }

    @Test
    void aDelThatThrowsStaysInTheJournal() {
        bad("del", UNCHECKED);
        assertThat(call("ADD", "c1", "bad").code()).isZero();

        assertThat(call("DEL", "c1", "bad").code()).isEqualTo(999);
        assertThat(node.journal.find("c1"))
                .hasValueSatisfying(left -> assertThat(left.detaching()).isTrue());
    }

    @Test
    void aRecordThatOverflowsTheStackRefusesItsNetwork() {
        load(
                DelegateSource.of("bad")
                        .with("config", "String parent")
                        .with("members", "")
                        .with("add", "throw null;"));
        load(
                DelegateSource.of("worse")
                        .with(
                                "config",
                                ") { public Config { Provider.deeper(0); } } record Unused("));

        Answer refused = call("ADD", "c1", "worse");
        assertThat(refused.code()).as(refused.text()).isEqualTo(999);
        assertThat(refused.message()).contains("plugin worse: its delegate cannot read it");
    }

    @Test
    void aMethodThatTheContractLacksMakesTheTypeUnavailable() {
        put(
                "bad.jar",
                DelegateSource.of("bad")
                        .with("add", "pod.frobnicate(); return null;")
                        .jar()
                        .against(
                                "io.patchbay.spi.net.Netns",
                                """
                                package io.patchbay.spi.net;
                                public interface Netns { void frobnicate(); }
                                """));
        load();
        assertThat(status("bad").code()).isZero();

        Answer first = call("ADD", "c1", "bad");
        assertThat(first.code()).isEqualTo(50);
        assertUnavailable(
                "delegate bad of bad.jar does not fit",
                "built against version 1 of the SPI, and this is version 1",
                "NoSuchMethodError");
        assertThat(log.with("bad.jar does not fit")).hasSize(1);
    }

    @Test
    void aMethodThatTheJarLacksMakesTheTypeUnavailable() {
        put(
                "bad.jar",
                DelegateSource.of("bad")
                        .with("spiVersion", "return 1;")
                        .jar()
                        .against(
                                "io.patchbay.spi.Delegate",
                                """
                                package io.patchbay.spi;
                                public interface Delegate<C extends Record> {}
                                """)
                        .with("acme.bad.Provider", LACKING));
        load();

        assertThat(call("ADD", "c1", "bad").code()).isEqualTo(50);
        assertUnavailable("delegate bad of bad.jar does not fit", "AbstractMethodError");
    }

    private static final String LACKING =
            """
            package acme.bad;
            import io.patchbay.spi.*;
            public final class Provider implements DelegateProvider<Provider.Config> {
                public record Config() {}
                public static final class Made implements Delegate<Config> {}
                @Override public String type() { return "bad"; }
                @Override public int spiVersion() { return 1; }
                @Override public Class<Config> configType() { return Config.class; }
                @Override public Delegate<Config> create(DelegateContext context) { return new Made(); }
            }
            """;
}
