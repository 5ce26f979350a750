package io.patchbay.meta.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.patchbay.meta.cni.CniReply;
import io.patchbay.meta.journal.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

@Tag("fuzz")
class SpoolFuzzTest {
    private static final String NAME = Spool.DIRECTORY + "/00000000000000000001-7.del";

    /// As they are, and with the checksum that belongs to them, which chance does not find.
    @FuzzTest
    void any_file_is_carried_out_once_or_set_aside_with_a_reason(byte[] input) {
        check(input);
        if (input.length >= Frames.REQUEST_HEADER) {
            check(FramesFuzzTest.sealed(input));
        }
    }

    private static void check(byte[] content) {
        OneFile storage = new OneFile(content);
        List<Request> requests = new ArrayList<>();
        Spool spool = new Spool(storage, Duration.ofMinutes(1));
        int failed =
                spool.drain(request -> {
                    requests.add(request);
                    return CniReply.empty();
                });
        assertThat(failed).isZero();
        assertThat(storage.content).isEmpty();
        assertThat(requests).hasSize(storage.reason.isPresent() ? 0 : 1);
        requests.forEach(
                request -> assertThat(request.environment()).containsEntry("CNI_COMMAND", "DEL"));
        storage.reason.ifPresent(reason -> assertThat(reason).isNotBlank());
    }

    /// A state directory with one file in it.
    private static final class OneFile implements Storage {
        private Optional<byte[]> content;
        private Optional<String> reason = Optional.empty();

        OneFile(byte[] content) {
            this.content = Optional.of(content);
        }

        @Override
        public void write(String name, byte[] text) {
            throw new AssertionError("nothing is to be written");
        }

        @Override
        public void writeLazily(String name, byte[] text) {
            throw new AssertionError("nothing is to be written");
        }

        @Override
        public Optional<byte[]> read(String name) {
            return content;
        }

        @Override
        public void erase(String name) {
            content = Optional.empty();
        }

        @Override
        public List<String> list(String directory) {
            return content.isEmpty() ? List.of() : List.of(NAME);
        }

        @Override
        public void setAside(String name, String why) {
            content = Optional.empty();
            reason = Optional.of(why);
        }
    }
}
