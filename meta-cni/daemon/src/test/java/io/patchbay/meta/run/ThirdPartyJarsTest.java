package io.patchbay.meta.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.kit.jar.DelegateSource;
import io.patchbay.kit.jar.SourceJar;
import io.patchbay.meta.jar.VisibleClasses;
import io.patchbay.meta.run.Node.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a third party's jar finds, and which jars are taken.
class ThirdPartyJarsTest extends JarRig {
    private static final String SAYS =
            "throw CniException.tryAgain(\"the library says \" + lib.Greeting.text());";

    private static final String GREETING = "lib.Greeting";

    private static String greeting(String text) {
        return """
        package lib;
        public class Greeting { public static String text() { return "%s"; } }
        """
                .formatted(text);
    }

    private static SourceJar library(String text) {
        return new SourceJar(Map.of(GREETING, greeting(text)), Map.of(), List.of());
    }

    private static SourceJar using(String type, String text) {
        return DelegateSource.of(type).with("add", SAYS).jar().with(GREETING, greeting(text));
    }

    @Test
    void twoJarsHaveDifferentVersionsOfOneLibrary() {
        put("old.jar", using("old", "one"));
        put("young.jar", using("young", "two"));
        load();

        assertThat(call("ADD", "c1", "old").message()).contains("the library says one");
        assertThat(call("ADD", "c2", "young").message()).contains("the library says two");
    }

    @Test
    void theJarsOfADirectoryBelongTogether() {
        SourceJar delegate = DelegateSource.of("split").with("add", SAYS).jar();
        put(
                "split-1.0/delegate.jar",
                new SourceJar(delegate.sources(), library("x").sources(), delegate.providers()));
        put("split-1.0/library.jar", library("three"));
        load();

        assertThat(call("ADD", "c1", "split").message()).contains("the library says three");
    }

    private Answer lookFor(String name) {
        load(
                DelegateSource.of("looks")
                        .with(
                                "add",
                                """
                                try {
                                    Class<?> found = Class.forName("%s");
                                    throw CniException.tryAgain("found " + found + " of " + found.getClassLoader());
                                } catch (ClassNotFoundException e) {
                                    throw CniException.tryAgain("there is no " + e.getMessage());
                                }
                                """
                                        .formatted(name)));
        return call("ADD", "c1", "looks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.fasterxml.jackson.databind.ObjectMapper",
                "io.patchbay.meta.delegate.Delegates",
                "io.patchbay.meta.run.Daemon",
                "io.patchbay.kernel.Kernel",
                "io.patchbay.bridge.BridgeProvider",
                "org.slf4j.Logger",
                "javax.swing.JFrame",
                "com.sun.net.httpserver.HttpServer",
                "jdk.internal.misc.Unsafe"
            })
    void aJarFindsNothingOfTheDaemon(String name) {
        assertThat(lookFor(name).message()).contains("there is no " + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.net.http.HttpClient",
                "java.sql.Connection",
                "javax.xml.parsers.SAXParser",
                "sun.misc.Unsafe",
                "io.patchbay.spi.ipam.LeasedLink"
            })
    void aJarFindsTheContractAndTheModulesThatAreListed(String name) {
        assertThat(lookFor(name).message()).contains("found ", name);
    }

    @Test
    void aJarsOwnLookUpsByTheThreadsLoaderAndItsResourcesStayInsideItToo() {
        load(
                DelegateSource.of("looks")
                        .with(
                                "add",
                                """
                                ClassLoader own = getClass().getClassLoader();
                                boolean same = Thread.currentThread().getContextClassLoader() == own;
                                boolean foreign = own.getResource("logback-test.xml") != null;
                                throw CniException.tryAgain("own " + same + ", foreign " + foreign);
                                """));

        assertThat(call("ADD", "c1", "looks").message()).contains("own true, foreign false");
    }

    @Test
    void theReadmeListsTheModules() throws IOException {
        String readme = Files.readString(Path.of("../../README.md"));
        String section = readme.substring(readme.indexOf("## Third parties' delegates"));
        String listed =
                Pattern.compile("`(java?[a-z]*\\.[a-z.]+)`|`(jdk\\.[a-z]+)`")
                        .matcher(section)
                        .results()
                        .map(found -> found.group().replace("`", ""))
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(" "));
        assertThat(listed).isEqualTo(String.join(" ", new TreeSet<>(VisibleClasses.MODULES)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aJarOfAnotherVersionOfTheContractIsNamedWithBothVersions(int version) {
        put(DelegateSource.of("good"));
        load(DelegateSource.of("alien").with("spiVersion", "return %d;".formatted(version)));

        String sentence =
                "delegate alien of alien.jar was built against version %d of the SPI: this is version 1"
                        .formatted(version);
        assertThat(call("ADD", "c1", "alien").message()).contains(sentence);
        assertThat(status("alien").code()).isEqualTo(50);
        assertThat(status("alien").message()).contains(sentence);
        assertThat(log.with(sentence)).hasSize(1);
        assertThat(call("ADD", "c2", "good").code()).isZero();
    }

    @Test
    void twoJarsThatClaimATypeAreBothNamedAndTheTypeIsNobodys() {
        put("one.jar", DelegateSource.of("twin").jar());
        put("two.jar", DelegateSource.of("twin").jar());
        load();

        String sentence = "delegate twin is claimed twice, by one.jar and by two.jar";
        assertThat(call("ADD", "c1", "twin").message()).contains(sentence);
        assertThat(status("twin").code()).isEqualTo(50);
        assertThat(status("twin").message()).contains(sentence);
    }

    @Test
    void aJarThatComesLaterDoesNotTakeATypeThatAnotherHas() {
        load(DelegateSource.of("twin"));
        put("two.jar", DelegateSource.of("twin").with("add", "throw null;").jar());
        load();

        assertThat(call("ADD", "c1", "twin").code()).isZero();
        assertThat(log.with("delegate twin of two.jar is left out", "twin.jar")).hasSize(1);
    }

    @Test
    void aJarDoesNotTakeATypeThatIsNative() {
        put("paper-2.jar", DelegateSource.of("paper").with("add", "throw null;").jar());
        load();

        assertThat(call("ADD", "c1", "paper").code()).isZero();
        assertThat(status("paper").code()).isZero();
        assertThat(log.with("delegate paper of paper-2.jar is left out", "PaperProvider"))
                .hasSize(1);
    }

    @Test
    void aHalfCopiedJarIsWaitedForAndNothingElseIsDisturbed() throws IOException {
        byte[] whole = DelegateSource.of("late").jar().bytes();
        put(DelegateSource.of("good"));
        Files.write(place("late.jar"), List.of());
        Files.write(place("late.jar"), Arrays.copyOf(whole, whole.length / 2));
        load();
        assertThat(call("ADD", "c1", "good").code()).isZero();
        assertThat(log.with("late.jar is no whole jar")).hasSize(1);

        Files.write(place("late.jar"), whole);
        load();
        assertThat(call("ADD", "c2", "late").code()).isZero();
    }

    @Test
    void aJarThatIsWrittenOverWhileItRunsLosesNoClass() throws IOException {
        put("lazy.jar", using("lazy", "one"));
        load();
        Files.write(place("lazy.jar"), using("lazy", "two").bytes());
        load();

        assertThat(call("ADD", "c1", "lazy").message()).contains("the library says one");
        assertThat(log.with("lazy.jar has changed", "until the daemon is restarted")).hasSize(1);
    }

    @Test
    void aJarWithoutAProviderIsNamed() {
        put("empty.jar", library("x"));
        load();

        assertThat(log.with("empty.jar has no provider")).hasSize(1);
    }

    @Test
    void aCloseThatThrowsDoesNotKeepTheOthersFromClosing() {
        load(
                DelegateSource.of("bad")
                        .with("close", "if (true) throw new IllegalStateException();"));
        load(
                DelegateSource.of("last")
                        .with("close", "System.setProperty(\"acme.last\", \"closed\");"));

        node.delegates.close();

        assertThat(System.clearProperty("acme.last")).isEqualTo("closed");
        assertThat(log.with("delegate bad of bad.jar failed unexpectedly in close")).hasSize(1);
    }
}
