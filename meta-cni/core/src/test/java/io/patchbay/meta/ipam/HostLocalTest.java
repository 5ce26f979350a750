package io.patchbay.meta.ipam;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.meta.cni.Json;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.Capabilities;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.ipam.Lease;
import io.patchbay.spi.ipam.Wish;
import io.patchbay.spi.net.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class HostLocalTest {
    @TempDir private Path data;
    private final HostLocal source = new HostLocal();

    private HostLocalConfig config(String json) {
        String dataDir = Json.object().put("dataDir", data.toString()).toString();
        return RangeSetTest.config(dataDir.replace("}", ", ") + json.strip().substring(1));
    }

    private HostLocalConfig small() {
        return config("{'subnet': '10.0.0.0/29'}");
    }

    private static AttachmentId id(String container) {
        return new AttachmentId(container, "red", "net1");
    }

    private static Wish wish(String... ips) {
        List<Cidr> wanted = new ArrayList<>();
        for (String ip : ips) {
            wanted.add(Cidr.parse(ip));
        }
        Capabilities none = Capabilities.NONE;
        return new Wish(
                new Capabilities(
                        wanted,
                        none.mac(),
                        none.portMappings(),
                        none.bandwidth(),
                        none.ipRanges(),
                        none.deviceId(),
                        none.others()),
                Map.of());
    }

    private String acquire(String container, HostLocalConfig config, Wish wish) {
        Lease lease = source.acquire(id(container), config, wish);
        return String.join(",", lease.ips().stream().map(ip -> ip.address().toString()).toList());
    }

    private String acquire(String container) {
        return acquire(container, small(), Wish.NONE);
    }

    private static void assertRefused(Runnable call, int code, String sentence) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code().value()).isEqualTo(code))
                .hasMessageContaining(sentence);
    }

    @Test
    void a_lease_is_a_file_as_the_reference_plugin_writes_it() throws IOException {
        acquire("c1");

        assertThat(data.resolve("red/10.0.0.2")).hasContent("c1\r\nnet1");
        assertThat(Files.readString(data.resolve("red/last_reserved_ip.0"))).isEqualTo("10.0.0.2");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(data.resolve("red/10.0.0.2"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(data.resolve("red"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("10.0.0.2", "last_reserved_ip.0", "lock");
        }
    }

    @Test
    void a_lease_carries_gateway_routes_and_resolver() throws IOException {
        Path resolv =
                Files.writeString(
                        data.resolve("resolv.conf"),
                        "# no\nnameserver 10.0.0.53\nsearch a b\noptions ndots:5\ndomain c\nsortlist x\n");
        HostLocalConfig config =
                config(
                        """
                        {'subnet': '10.0.0.0/29', 'gateway': '10.0.0.6', 'resolvConf': '%s',
                         'routes': [{'dst': '0.0.0.0/0'}, {'dst': '10.9.0.0/16', 'gw': '10.0.0.5', 'mtu': 1400}]}
                        """
                                .formatted(resolv));

        Lease lease = source.acquire(id("c1"), config, Wish.NONE);

        assertThat(lease.ips())
                .containsExactly(
                        new CniResult.Ip(
                                Cidr.parse("10.0.0.1/29"),
                                Optional.of(Cidr.address("10.0.0.6")),
                                OptionalInt.empty()));
        assertThat(lease.routes()).hasSize(2);
        assertThat(lease.routes().get(1).mtu()).isEqualTo(1400);
        assertThat(lease.dns())
                .contains(
                        new CniResult.Dns(
                                List.of("10.0.0.53"),
                                Optional.of("c"),
                                List.of("a", "b"),
                                List.of("ndots:5")));
    }

    @Test
    void the_same_attachment_gets_the_same_addresses_again() {
        assertThat(acquire("c1")).isEqualTo("10.0.0.2/29");
        assertThat(acquire("c2")).isEqualTo("10.0.0.3/29");
        assertThat(acquire("c1")).isEqualTo("10.0.0.2/29");
    }

    @Test
    void a_freed_address_waits_for_its_turn() {
        acquire("c1");
        source.release(id("c1"), small());

        assertThat(acquire("c2")).isEqualTo("10.0.0.3/29");
    }

    @Test
    void one_address_comes_from_each_set_or_none_at_all() throws IOException {
        HostLocalConfig config =
                config(
                        """
                        {'ranges': [[{'subnet': '10.0.0.0/29'}], [{'subnet': '2001:db8::/126', 'rangeStart': '2001:db8::2'}]]}
                        """);
        assertThat(acquire("c1", config, Wish.NONE)).isEqualTo("10.0.0.2/29,2001:db8::2/126");
        assertThat(data.resolve("red/2001:db8::2")).exists();
        acquire("c2", config, Wish.NONE);

        assertRefused(
                () -> acquire("c3", config, Wish.NONE), 11, "no address is free in 2001:db8::/126");
        assertThat(data.resolve("red/10.0.0.4")).doesNotExist();
    }

    @Test
    void a_half_lease_of_a_crash_is_completed() throws IOException {
        Files.createDirectories(data.resolve("red"));
        Files.writeString(data.resolve("red/10.0.0.5"), "c1\r\nnet1");
        HostLocalConfig config =
                config("{'ranges': [[{'subnet': '10.0.0.0/29'}], [{'subnet': '10.1.0.0/29'}]]}");

        assertThat(acquire("c1", config, Wish.NONE)).isEqualTo("10.0.0.5/29,10.1.0.2/29");
        assertThat(acquire("c2", config, Wish.NONE)).isEqualTo("10.0.0.2/29,10.1.0.3/29");
    }

    @Test
    void an_empty_file_is_nobodys_lease() throws IOException {
        Files.createDirectories(data.resolve("red"));
        Files.createFile(data.resolve("red/10.0.0.2"));

        assertThat(acquire("c1")).isEqualTo("10.0.0.2/29");
        assertThat(data.resolve("red/10.0.0.2")).hasContent("c1\r\nnet1");

        Files.createFile(data.resolve("red/10.0.0.3"));
        source.release(id("c2"), small());
        assertThat(data.resolve("red/10.0.0.3")).doesNotExist();
    }

    @Test
    void a_torn_memory_of_the_last_address_begins_the_round_anew() throws IOException {
        Files.createDirectories(data.resolve("red"));
        Files.writeString(data.resolve("red/last_reserved_ip.0"), "10.0.0.3.99.longer");

        assertThat(acquire("c1")).isEqualTo("10.0.0.2/29");
        assertThat(data.resolve("red/last_reserved_ip.0")).hasContent("10.0.0.2");
    }

    @Test
    void nothing_free_is_code_11_and_names_the_ranges() {
        for (int i = 0; i < 5; i++) {
            acquire("c" + i);
        }

        assertRefused(
                () -> acquire("late"),
                11,
                "network red: no address is free in 10.0.0.0/29 (10.0.0.1 to 10.0.0.6)");
    }

    @Test
    void a_pod_may_ask_for_an_address() {
        assertThat(acquire("c1", small(), wish("10.0.0.5/32"))).isEqualTo("10.0.0.5/29");
        assertThat(acquire("c2", small(), new Wish(Capabilities.NONE, Map.of("IP", "10.0.0.4"))))
                .isEqualTo("10.0.0.4/29");
        assertRefused(
                () -> acquire("c3", small(), wish("10.0.0.5/29")),
                11,
                "10.0.0.5 is asked for, but leased to another");
        assertRefused(
                () -> acquire("c3", small(), wish("10.9.0.5/29")),
                7,
                "10.9.0.5 is asked for, but in none");
        assertRefused(() -> acquire("c3", small(), wish("10.0.0.1/29")), 7, "the gateway");
        assertRefused(
                () -> acquire("c3", small(), new Wish(Capabilities.NONE, Map.of("IP", "x"))),
                7,
                "CNI_ARGS, key \"IP\": \"x\" is no IP address");
    }

    @Test
    void an_excluded_address_is_nobodys_and_of_a_set_nobody_gets_two() {
        HostLocalConfig config = config("{'subnet': '10.0.0.0/29', 'exclude': ['10.0.0.2/31']}");

        assertThat(acquire("c1", config, Wish.NONE)).isEqualTo("10.0.0.4/29");
        assertRefused(
                () -> acquire("c2", config, wish("10.0.0.3/29")),
                7,
                "excluded in 10.0.0.0/29 (10.0.0.1 to 10.0.0.6 without [10.0.0.2/31])");
        assertRefused(
                () -> acquire("c2", config, wish("10.0.0.5/29", "10.0.0.6/29")),
                7,
                "addresses 10.0.0.5, 10.0.0.6 are asked for, but of 10.0.0.0/29");
    }

    @Test
    @DisplayName(
            "plugins#498: an empty file of a crash is leased again, and does not stay for ever")
    void an_empty_file_is_leased_again() throws IOException {
        Files.createDirectories(data.resolve("red"));
        Files.createFile(data.resolve("red/10.0.0.2"));

        assertThat(acquire("c1")).isEqualTo("10.0.0.2/29");
        assertThat(data.resolve("red/10.0.0.2")).hasContent("c1\r\nnet1");
    }

    @Test
    @DisplayName("plugins#252, #332, #697: a range that lost DELs filled up is free after a GC")
    void a_full_range_of_leaks_is_free_after_a_gc() {
        for (int n = 1; n <= 5; n++) {
            acquire("leaked-" + n);
        }
        assertRefused(() -> acquire("late"), 11, "no address is free");

        source.gc("red", small(), Set.of(id("leaked-3")));

        assertThat(acquire("late")).isEqualTo("10.0.0.2/29");
        source.check(id("leaked-3"), small());
        assertRefused(() -> source.check(id("leaked-1"), small()), 100, "no address in");
    }

    // Networks of one subnet may be apart from each other, as bridges of two tenants are: only the
    // link can tell, by duplicate address detection (enabledad).
    @Test
    @DisplayName("two networks of one subnet lease apart, and each spares the other's leases")
    void two_networks_of_one_subnet_lease_apart() {
        AttachmentId blue = new AttachmentId("c2", "blue", "net1");
        acquire("c1");
        source.acquire(blue, small(), Wish.NONE);

        source.gc("red", small(), Set.of());

        source.check(blue, small());
        assertThat(data.resolve("red/10.0.0.2")).doesNotExist();
        assertThat(data.resolve("blue/10.0.0.2")).hasContent("c2\r\nnet1");
    }

    @Test
    void ranges_may_come_with_the_request_alone() {
        HostLocalConfig none = config("{'routes': []}");
        Capabilities asked = Capabilities.NONE;
        Wish wish =
                new Wish(
                        new Capabilities(
                                asked.ips(),
                                asked.mac(),
                                asked.portMappings(),
                                asked.bandwidth(),
                                config("{'ranges': [[{'subnet': '10.7.0.0/24'}]]}").ranges(),
                                asked.deviceId(),
                                asked.others()),
                        Map.of());

        assertThat(acquire("c1", none, wish)).isEqualTo("10.7.0.2/24");
        assertRefused(() -> acquire("c2", none, Wish.NONE), 7, "no range to lease from");
    }

    @Test
    void release_needs_the_id_alone_and_may_be_repeated() throws IOException {
        acquire("c1");
        HostLocalConfig changed = config("{'subnet': '192.168.0.0/24'}");

        source.release(id("c1"), changed);
        source.release(id("c1"), changed);

        assertThat(data.resolve("red/10.0.0.2")).doesNotExist();
    }

    @Test
    void release_where_nothing_was_ever_leased_makes_nothing() {
        source.release(id("c1"), small());

        assertThat(data.resolve("red")).doesNotExist();
    }

    @Test
    void release_spares_the_other_interface_and_frees_the_older_form() throws IOException {
        acquire("c1");
        source.release(new AttachmentId("c1", "red", "net2"), small());
        assertThat(data.resolve("red/10.0.0.2")).exists();

        Files.writeString(data.resolve("red/10.0.0.4"), "c2");
        source.release(id("c2"), small());
        assertThat(data.resolve("red/10.0.0.4")).doesNotExist();
    }

    @Test
    void check_finds_the_lease() {
        assertRefused(() -> source.check(id("c1"), small()), 100, "is leased to net1 of c1 on red");
        acquire("c1");
        source.check(id("c1"), small());
    }

    @Test
    void gc_frees_what_is_nobodys_or_empty() throws IOException {
        acquire("living");
        acquire("dead");
        Files.writeString(data.resolve("red/10.0.0.4"), "older");
        Files.writeString(data.resolve("red/10.0.0.5"), "deadOlder");
        Files.write(data.resolve("red/10.0.0.6"), new byte[0]);

        source.gc(
                "red",
                small(),
                Set.of(id("living"), id("older"), new AttachmentId("dead", "blue", "net1")));

        try (var files = Files.list(data.resolve("red"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "10.0.0.2", "10.0.0.4", "last_reserved_ip.0", "lock");
        }
    }

    @Test
    void status_answers_50_when_nothing_is_free_or_the_directory_is_none() throws IOException {
        source.status("red", small());
        for (int i = 0; i < 5; i++) {
            acquire("c" + i);
        }

        assertRefused(() -> source.status("red", small()), 50, "all 5 addresses are leased");
        Files.writeString(data.resolve("blue"), "a file");
        assertRefused(() -> source.status("blue", small()), 50, "cannot be used");
    }

    @Test
    void a_directory_that_cannot_be_used_is_code_5() throws IOException {
        Files.writeString(data.resolve("red"), "a file");

        assertRefused(() -> acquire("c1"), 5, data.resolve("red").toString());
    }

    @Test
    void everybody_gets_another_address_at_once() throws Exception {
        HostLocalConfig config = config("{'subnet': '10.0.0.0/25'}");
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String container = "c" + i;
            calls.add(() -> acquire(container, config, Wish.NONE));
        }

        List<String> leased = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var call : pool.invokeAll(calls)) {
                leased.add(call.get());
            }
        }

        assertThat(leased).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void the_lock_is_the_one_of_flock() throws Exception {
        Files.createDirectories(data.resolve("red"));
        Process holder =
                new ProcessBuilder(
                                "flock",
                                data.resolve("red/lock").toString(),
                                "sh",
                                "-c",
                                "echo held; read line")
                        .start();
        assertThat(holder.inputReader().readLine()).isEqualTo("held");

        try (var pool = Executors.newSingleThreadExecutor()) {
            var lease = pool.submit(() -> acquire("c1"));
            assertThatThrownBy(() -> lease.get(100, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            holder.getOutputStream().write("go\n".getBytes(UTF_8));
            holder.getOutputStream().flush();
            assertThat(lease.get(60, TimeUnit.SECONDS)).isEqualTo("10.0.0.2/29");
        }
    }
}
