package io.patchbay.meta.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Every daemon that starts on this machine meanwhile kills the abandoned calls of these tests too.
class KillingTest {
    private static final CallMark OURS = CallMark.next();
    private static final String RUN = "echo; exec sleep 1000";

    private static void with(CallMark mark, Consumer<Process> test) throws IOException {
        with(mark, List.of("sh", "-c", RUN), test);
    }

    private static void with(CallMark mark, List<String> command, Consumer<Process> test)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(CallMark.KEY, mark.text());
        Process process = builder.start();
        try {
            // It runs, or another's daemon has killed it already.
            int _ = process.getInputStream().read();
            test.accept(process);
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean ends(Process process) {
        try {
            return process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As of a process that had this one's number before it.
    private static CallMark ofTheDead(String namespace) {
        return new CallMark(namespace, OURS.caller(), "1", OURS.session(), 7);
    }

    @Test
    void a_call_whose_caller_died_is_killed_even_where_another_has_the_callers_number()
            throws IOException {
        with(
                ofTheDead(OURS.pids()),
                process -> {
                    Killing.abandoned();

                    assertThat(ends(process)).isTrue();
                });
    }

    @Test
    void a_call_whose_caller_lives_goes_on_as_does_one_of_another_pid_namespace()
            throws IOException {
        with(
                OURS,
                own ->
                        withForeign(foreign -> {
                            Killing.abandoned();

                            assertThat(own.isAlive()).isTrue();
                            assertThat(foreign.isAlive()).isTrue();
                        }));
    }

    private static void withForeign(Consumer<Process> test) {
        try {
            with(ofTheDead("pid:[1]"), test);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// As a plugin does that serves its network by a daemon, such as a name server.
    @Test
    void what_a_call_left_running_that_ended_before_its_caller_goes_on() throws IOException {
        with(
                ofTheDead(OURS.pids()),
                List.of("setsid", "sh", "-c", RUN),
                left -> {
                    Killing.abandoned();

                    assertThat(left.isAlive()).isTrue();
                });
    }

    @Test
    void what_a_call_under_way_has_parted_from_itself_is_killed_with_it() throws IOException {
        AtomicBoolean tried = new AtomicBoolean();
        while (!tried.get()) {
            CallMark mark = ofTheDead(OURS.pids());
            with(
                    mark,
                    own -> {
                        try {
                            with(
                                    mark,
                                    List.of("setsid", "sh", "-c", RUN),
                                    parted -> tried.set(areKilled(own, parted)));
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    });
        }
    }

    /// Whether the call lived until it had parted with something.
    private static boolean areKilled(Process own, Process parted) {
        if (!own.isAlive()) {
            return false;
        }
        Killing.abandoned();

        assertThat(ends(own)).isTrue();
        assertThat(ends(parted)).isTrue();
        return true;
    }

    @Test
    void a_mark_survives_its_way_and_anything_else_is_none() {
        assertThat(CallMark.parse(OURS.text())).contains(OURS);
        assertThat(CallMark.parse("pid:[1],x,1,2,3")).isEmpty();
        assertThat(CallMark.parse("")).isEmpty();
    }
}
