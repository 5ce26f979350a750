package io.patchbay.meta.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.CapabilitiesCodec;
import io.patchbay.meta.cni.CniVersion;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.delegate.Complaints;
import io.patchbay.meta.delegate.ForeignConfig;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.ipam.AddressSource;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our host-local beside the one of the package containernetworking-plugins.
@Tag("kernel")
class ReferenceHostLocalTest {
    private static final Path BINARY = Path.of("/usr/lib/cni/host-local");
    private static final String DUAL =
            """
            'ranges': [[{'subnet': '10.0.0.0/28', 'rangeStart': '10.0.0.9'}, {'subnet': '10.1.0.0/29'}],
                       [{'subnet': '2001:db8::/124', 'gateway': '2001:db8::3'}]],
            'routes': [{'dst': '0.0.0.0/0'}, {'dst': '::/0', 'gw': '2001:db8::3'}]
            """;

    @TempDir private Path data;
    private final HostLocal ours = new HostLocal();
    private final ForeignIpam theirs = new ForeignIpam(InstantSource.system());

    private String section(Path dataDir, String keys) {
        return "{'type': 'host-local', 'dataDir': '%s', %s}"
                .formatted(dataDir, keys)
                .replace('\'', '"');
    }

    private HostLocalConfig config(Path dataDir, String keys) {
        return RangeSetTest.config(section(dataDir, keys));
    }

    private ForeignConfig foreign(Path dataDir, String keys) {
        return new ForeignConfig(
                "host-local",
                BINARY,
                CniVersion.V1_0_0,
                Json.decodeObject(
                        "x",
                        """
                        {"cniVersion": "1.0.0", "name": "red", "type": "x", "ipam": %s}
                        """
                                .formatted(section(dataDir, keys))),
                Map.of(),
                List.of("/usr/lib/cni"),
                "/proc/self/ns/net",
                new Complaints(0));
    }

    private static AttachmentId id(int n) {
        return new AttachmentId("container-" + n, "red", "net1");
    }

    private static <C extends Record> List<String> play(
            AddressSource<C> source, C config, long seed) {
        Random random = new Random(seed);
        List<String> story = new ArrayList<>();
        List<Integer> living = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            if (!living.isEmpty() && random.nextInt(5) < 2) {
                Collections.shuffle(living, random);
                int dead = living.removeLast();
                source.release(id(dead), config);
                story.add("release " + dead);
            } else {
                try {
                    Lease lease = source.acquire(id(n), config, Wish.NONE);
                    living.add(n);
                    story.add(n + ": " + lease);
                } catch (CniException e) {
                    story.add(n + ": refused");
                }
            }
        }
        return story;
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> listed = Files.list(directory)) {
            for (Path file : listed.toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        // A file to hold a lock on, whose content is nobody's business.
        files.remove("lock");
        return files;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void one_story_leaves_the_same_leases_and_the_same_files(long seed) throws IOException {
        Path left = data.resolve("ours");
        Path right = data.resolve("theirs");

        List<String> story = play(ours, config(left, DUAL), seed);

        assertThat(story).isEqualTo(play(theirs, foreign(right, DUAL), seed));
        assertThat(files(left.resolve("red"))).isEqualTo(files(right.resolve("red")));
    }

    @Test
    void either_releases_what_the_other_leased() throws IOException {
        ours.acquire(id(1), config(data, DUAL), Wish.NONE);
        theirs.acquire(id(2), foreign(data, DUAL), Wish.NONE);
        theirs.check(id(1), foreign(data, DUAL));
        ours.check(id(2), config(data, DUAL));

        theirs.release(id(1), foreign(data, DUAL));
        ours.release(id(2), config(data, DUAL));

        assertThat(files(data.resolve("red")))
                .containsOnlyKeys("last_reserved_ip.0", "last_reserved_ip.1");
    }

    private ForeignConfig asking(Path dataDir, String keys, String ips) {
        ForeignConfig config = foreign(dataDir, keys);
        ObjectNode json = config.json().deepCopy();
        json.set("runtimeConfig", Json.decodeObject("x", "{\"ips\": [" + ips + "]}"));
        return new ForeignConfig(
                config.type(),
                config.binary(),
                config.version(),
                json,
                config.args(),
                config.path(),
                config.netns(),
                new Complaints(0));
    }

    @Test
    void addresses_that_are_asked_for_leave_the_same_files() throws IOException {
        Path left = data.resolve("ours");
        Path right = data.resolve("theirs");
        Wish wish =
                new Wish(
                        CapabilitiesCodec.decode(
                                JsonObject.read(
                                        "x",
                                        Json.decodeObject(
                                                "x",
                                                "{\"ips\": [\"2001:db8::7\", \"10.1.0.4/29\"]}"))),
                        Map.of());

        Lease lease = ours.acquire(id(1), config(left, DUAL), wish);

        assertThat(lease)
                .isEqualTo(
                        theirs.acquire(
                                id(1),
                                asking(right, DUAL, "\"2001:db8::7\", \"10.1.0.4/29\""),
                                Wish.NONE));
        assertThat(files(left.resolve("red"))).isEqualTo(files(right.resolve("red")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1", // a gateway
                "10.9.0.1", // of no range
                "10.0.0.9\", \"10.0.0.10" // two of one set
            })
    void what_cannot_be_given_is_refused_by_both_and_leaves_nothing(String ips) throws IOException {
        String json = "{\"ips\": [\"" + ips + "\"]}";
        Wish wish =
                new Wish(
                        CapabilitiesCodec.decode(
                                JsonObject.read("x", Json.decodeObject("x", json))),
                        Map.of());

        assertThatThrownBy(() -> ours.acquire(id(1), config(data, DUAL), wish))
                .isInstanceOf(CniException.class);
        assertThatThrownBy(() ->
                        theirs.acquire(id(1), asking(data, DUAL, "\"" + ips + "\""), Wish.NONE))
                .isInstanceOf(CniException.class);
        assertThat(files(data.resolve("red")).keySet()).allMatch(name -> name.startsWith("last"));
    }

    @Test
    void the_round_goes_on_from_one_to_the_other() {
        String keys = "'subnet': '10.0.0.0/24'";
        List<String> leased = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            Lease lease =
                    n % 2 == 0
                            ? ours.acquire(id(n), config(data, keys), Wish.NONE)
                            : theirs.acquire(id(n), foreign(data, keys), Wish.NONE);
            leased.add(lease.ips().getFirst().address().toString());
        }

        assertThat(leased)
                .containsExactly(
                        "10.0.0.2/24",
                        "10.0.0.3/24",
                        "10.0.0.4/24",
                        "10.0.0.5/24",
                        "10.0.0.6/24",
                        "10.0.0.7/24");
    }

    @Test
    void side_by_side_they_never_lease_an_address_twice() throws Exception {
        String keys = "'subnet': '10.0.0.0/24'";
        List<Callable<String>> calls = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            AttachmentId id = id(n);
            boolean our = n % 2 == 0;
            calls.add(() -> {
                Lease lease =
                        our
                                ? ours.acquire(id, config(data, keys), Wish.NONE)
                                : theirs.acquire(id, foreign(data, keys), Wish.NONE);
                return lease.ips().getFirst().address().toString();
            });
        }

        List<String> leased = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var call : pool.invokeAll(calls)) {
                leased.add(call.get());
            }
        }

        assertThat(leased).hasSize(100).doesNotHaveDuplicates();
        ours.gc("red", config(data, keys), Set.of(id(0), id(1)));
        assertThat(files(data.resolve("red"))).hasSize(3);
    }
}
