package io.patchbay.e2e.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.patchbay.e2e.node.DaemonProcess;
import io.patchbay.e2e.node.Installation;
import io.patchbay.meta.run.Main;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Plays each row of the table on two nodes alike, by the reference plugins on the one and by
/// Patchbay on the other, and has every difference be one that is meant.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Comparison {
    /// To play some rows alone: a regular expression, of names.
    private static final String ONLY = System.getenv().getOrDefault("DIFFERENTIAL_ROWS", ".*");

    private final boolean stockKernel;
    private final Table table = Table.read();
    private final Set<WantedDifference> seen = new HashSet<>();
    private final ExecutorService two = Executors.newFixedThreadPool(2);

    @TempDir private static Path work;

    private World theirs;
    private World ours;
    private Patchbay patchbay;
    private DaemonProcess daemon;

    Comparison(boolean stockKernel) {
        this.stockKernel = stockKernel;
    }

    @BeforeAll
    void start() {
        theirs = World.create();
        ours = World.create();
        Installation installation = new Installation(ours.node(), work);
        patchbay = new Patchbay(installation);
        patchbay.configure();
        daemon =
                stockKernel
                        ? installation
                                .launch(
                                        Installation.daemonWithoutCloud(Main.class, List.of()),
                                        Map.of())
                                .awaitReady()
                        : installation.start();
    }

    @AfterAll
    void end() {
        two.close();
        daemon.close();
        ours.close();
        theirs.close();
    }

    @TestFactory
    List<DynamicTest> both_make_the_same_of_it() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Row row : table.rows()) {
            if (row.stockKernel() == stockKernel && row.name().matches(ONLY)) {
                tests.add(dynamicTest(row.name(), () -> play(row)));
            }
        }
        if (ONLY.equals(".*")) {
            for (WantedDifference wanted : table.wanted()) {
                if (wanted.stockKernel() == stockKernel) {
                    tests.add(
                            dynamicTest(
                                    "there still is: " + wanted.why(),
                                    () -> assertThat(seen).contains(wanted)));
                }
            }
        }
        return tests;
    }

    private void play(Row row) {
        CompletableFuture<Map<String, String>> reference =
                CompletableFuture.supplyAsync(
                        () -> Story.of(theirs, new ReferencePlugins(theirs.node()), row), two);
        CompletableFuture<Map<String, String>> own =
                CompletableFuture.supplyAsync(() -> Story.of(ours, patchbay, row), two);
        CompletableFuture.allOf(reference, own).join();
        List<Difference> unwanted = new ArrayList<>();
        for (Difference difference : Difference.between(reference.join(), own.join())) {
            List<WantedDifference> wanted =
                    table.wanted().stream().filter(one -> one.covers(row, difference)).toList();
            seen.addAll(wanted);
            if (wanted.isEmpty()) {
                unwanted.add(difference);
            }
        }
        assertThat(unwanted).isEmpty();
    }
}
