package io.patchbay.meta.cni;

import static io.patchbay.meta.cni.Refusals.json;
import static io.patchbay.meta.cni.Refusals.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDecoderTest {
    private static final String CONFIG =
            "{'cniVersion': '1.1.0', 'name': 'pods', 'type': 'patchbay'}";
    private static final Map<String, String> ADD =
            Map.of(
                    "CNI_COMMAND", "ADD",
                    "CNI_CONTAINERID", "c-1.a_b",
                    "CNI_NETNS", "/run/netns/a",
                    "CNI_IFNAME", "eth0",
                    "CNI_ARGS", "IgnoreUnknown=1;K8S_POD_NAME=web-0;EMPTY=",
                    "CNI_PATH", "/opt/cni/bin::/usr/lib/cni");

    @Test
    @DisplayName("rows 14, 28, 90, 100: an ADD has all that the environment and stdin tell")
    void anAddHasAllThatTheEnvironmentAndStdinTell() {
        CniRequest request = decode(ADD, CONFIG);

        assertThat(request.command()).isEqualTo(CniCommand.ADD);
        assertThat(request.containerId()).isEqualTo("c-1.a_b");
        assertThat(request.netns()).hasValue("/run/netns/a");
        assertThat(request.ifName()).isEqualTo("eth0");
        assertThat(request.args())
                .containsOnly(
                        Map.entry("IgnoreUnknown", "1"),
                        Map.entry("K8S_POD_NAME", "web-0"),
                        Map.entry("EMPTY", ""));
        assertThat(request.path()).containsExactly("/opt/cni/bin", "/usr/lib/cni");
        assertThat(request.version()).isEqualTo(CniVersion.V1_1_0);
        assertThat(request.config().network()).isEqualTo("pods");
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    CNI_CONTAINERID, a/b,    'ADD: CNI_CONTAINERID "a/b" does not start with a letter or digit followed by letters, digits, "_", ".", "-"'
                    CNI_CONTAINERID, -a,     'ADD: CNI_CONTAINERID "-a" does not start with a letter or digit followed by letters, digits, "_", ".", "-"'
                    CNI_CONTAINERID, '',     ADD: CNI_CONTAINERID is missing
                    CNI_IFNAME, '',          ADD: CNI_IFNAME is missing
                    CNI_IFNAME, sixteen-letters0, 'ADD: CNI_IFNAME "sixteen-letters0" has 16 bytes: an interface name has at most 15'
                    CNI_IFNAME, eth/0,       'ADD: CNI_IFNAME "eth/0" holds "/"'
                    CNI_IFNAME, ..,          'ADD: CNI_IFNAME ".." is a directory'
                    CNI_NETNS, '',           ADD: CNI_NETNS is missing
                    CNI_NETNS, run/netns/a,  'ADD: CNI_NETNS "run/netns/a" is no absolute path'
                    CNI_ARGS, K=a=b,         'ADD: CNI_ARGS "K=a=b" holds "K=a=b": a value cannot contain "=", for plugins could not read it'
                    CNI_ARGS, K,             'ADD: CNI_ARGS "K" holds "K": write KEY=VALUE;KEY=VALUE'
                    CNI_ARGS, =v,            'ADD: CNI_ARGS "=v" holds "=v": write KEY=VALUE;KEY=VALUE'
                    CNI_ARGS, K=v;,          'ADD: CNI_ARGS "K=v;" holds "": write KEY=VALUE;KEY=VALUE'
                    CNI_ARGS, K=v;K=w,       'ADD: CNI_ARGS "K=v;K=w" holds "K" twice'
                    CNI_COMMAND, '',         'CNI_COMMAND is missing: use one of ADD, DEL, CHECK, GC, STATUS, VERSION'
                    CNI_COMMAND, add,        'CNI_COMMAND "add" is unknown: use one of ADD, DEL, CHECK, GC, STATUS, VERSION'
                    """)
    @DisplayName(
            "rows 18, 19, 20, 21, 28, 100: a variable that cannot be is refused with its value")
    void aVariableThatCannotBeIsRefusedWithItsValue(String name, String value, String sentence) {
        assertThat(refusal(() -> decode(with(ADD, name, value), CONFIG)))
                .isEqualTo("4 " + sentence);
    }

    @Test
    @DisplayName("row 20: all variables that are wrong are named at once")
    void allVariablesThatAreWrongAreNamedAtOnce() {
        assertThat(refusal(() -> decode(Map.of("CNI_COMMAND", "ADD", "CNI_IFNAME", "a:b"), "")))
                .isEqualTo(
                        "4 ADD: CNI_CONTAINERID is missing; CNI_NETNS is missing;"
                                + " CNI_IFNAME \"a:b\" holds \":\"");
    }

    @Test
    @DisplayName("rows 35, 53: CHECK needs what ADD needs; DEL needs no namespace")
    void checkNeedsWhatAddNeedsAndDelNeedsNoNamespace() {
        Map<String, String> homeless = with(ADD, "CNI_NETNS", "");

        assertThat(refusal(() -> decode(with(homeless, "CNI_COMMAND", "CHECK"), CONFIG)))
                .isEqualTo("4 CHECK: CNI_NETNS is missing");
        assertThat(decode(with(homeless, "CNI_COMMAND", "DEL"), CONFIG).netns()).isEmpty();
        assertThat(refusal(() -> decode(Map.of("CNI_COMMAND", "DEL"), CONFIG)))
                .isEqualTo("4 DEL: CNI_CONTAINERID is missing; CNI_IFNAME is missing");
    }

    @Test
    @DisplayName(
            "row 37: DEL of a sandbox whose ADD was refused for its CNI_ARGS is not refused too")
    void delDoesNotCareAboutArgumentsThatCannotBeRead() {
        var del = with(with(ADD, "CNI_COMMAND", "DEL"), "CNI_ARGS", "K=a=b");

        assertThat(decode(del, CONFIG).args()).isEmpty();
        assertThat(decode(with(del, "CNI_NETNS", "relative"), CONFIG).netns()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = CniCommand.class,
            names = {"GC", "STATUS", "VERSION"})
    @DisplayName("rows 62, 63, 73: what concerns no sandbox needs nothing but its command")
    void whatConcernsNoSandboxNeedsNothingButItsCommand(CniCommand command) {
        CniRequest request = decode(Map.of("CNI_COMMAND", command.name()), CONFIG);

        assertThat(request.containerId()).isEmpty();
        assertThat(request.netns()).isEmpty();
        assertThat(request.ifName()).isEmpty();
        assertThat(request.args()).isEmpty();
        assertThat(request.path()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = CniCommand.class,
            names = {"GC", "STATUS", "VERSION"})
    void whatConcernsNoSandboxIgnoresItsVariables(CniCommand command) {
        var junk =
                Map.of(
                        "CNI_COMMAND", command.name(),
                        "CNI_CONTAINERID", "///",
                        "CNI_IFNAME", "a name of many letters",
                        "CNI_NETNS", "dummy",
                        "CNI_ARGS", "=;=");

        assertThat(decode(junk, CONFIG).containerId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    '',                    6 the configuration on stdin is empty: JSON is expected
                    'null',                '6 the configuration on stdin: an object is expected, not null'
                    '[]',                  '6 the configuration on stdin: an object is expected, not the list []'
                    '{',                   '6 the configuration on stdin is no JSON: Unexpected end-of-input: expected close marker for Object at line 1, column 2'
                    '{"name": "a",}',      '6 the configuration on stdin is no JSON: Unexpected character (''}'' (code 125)): was expecting double-quote to start field name at line 1, column 14'
                    '{"a": 1, "a": 2}',    '6 the configuration on stdin is no JSON: Duplicate field ''a'' at line 1, column 13'
                    '{"a": 1} {',          6 the configuration on stdin is no JSON
                    '{"cniVersion": 1}',   '6 the configuration on stdin, key "cniVersion": a string is expected, not the number 1'
                    '{"cniVersion": "1.1.0", "name": ["a"]}', '6 the configuration on stdin, key "name": a string is expected, not the list ["a"]'
                    '{"cniVersion": "1.1.0", "name": "a", "type": {}}', '6 the configuration on stdin, key "type": a string is expected, not the object {}'
                    '{"cniVersion": "1.1.0", "name": "a", "type": "patchbay", "runtimeConfig": 7}', '6 the configuration on stdin, key "runtimeConfig": an object is expected, not the number 7'
                    '{"cniVersion": "1.1.0", "type": "patchbay"}', '7 the configuration on stdin, key "name": it is missing'
                    '{"cniVersion": "1.1.0", "name": ""}', '7 the configuration on stdin, key "name": it is missing'
                    '{"cniVersion": "1.1.0", "name": "a/b"}', '7 the configuration on stdin, key "name": "a/b" does not start with a letter or digit followed by letters, digits, "_", ".", "-"'
                    '{"cniVersion": "1.1.0", "name": "a"}', '7 the configuration on stdin, key "type": it is missing'
                    '{"name": "a"}',       '1 cniVersion is missing, which means "0.1.0", and that is not spoken here: use one of 0.3.1, 0.4.0, 1.0.0, 1.1.0'
                    '{"cniVersion": "1.2.0", "name": "a"}', '1 cniVersion "1.2.0" is not spoken here: use one of 0.3.1, 0.4.0, 1.0.0, 1.1.0'
                    """)
    @DisplayName("rows 2, 23, 24, 25: a configuration that cannot be is refused where it is wrong")
    void aConfigurationThatCannotBeIsRefusedWhereItIsWrong(String stdin, String refusal) {
        assertThat(refusal(() -> decode(ADD, stdin))).startsWith(refusal);
    }

    @ParameterizedTest
    @CsvSource({"CHECK, 0.3.1, 0.4.0", "STATUS, 1.0.0, 1.1.0", "GC, 1.0.0, 1.1.0"})
    @DisplayName("rows 25, 45, 57, 65: a verb that came later than the version is code 1")
    void aVerbThatCameLaterThanTheVersionIsRefused(String verb, String version, String since) {
        var environment = with(ADD, "CNI_COMMAND", verb);

        assertThat(refusal(() -> decode(environment, CONFIG.replace("1.1.0", version))))
                .isEqualTo(
                        "1 cniVersion \"%s\" has no %s: it came with %s"
                                .formatted(version, verb, since));
        assertThat(decode(environment, CONFIG.replace("1.1.0", since)).command()).hasToString(verb);
    }

    @ParameterizedTest
    @EnumSource(CniVersion.class)
    @DisplayName("row 25: every version that is spoken is taken")
    void everyVersionThatIsSpokenIsTaken(CniVersion version) {
        assertThat(decode(ADD, CONFIG.replace("1.1.0", version.toString())).version())
                .isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'cniVersion': '0.4.0', 'name': '///', and then",
                "{'other': {'deep': ['[']}, 'cniVersion': '0.4.0'",
                "{'cniVersion': '0.4.0'} {}"
            })
    @DisplayName("rows 63, 64: VERSION reads its cniVersion, whatever stands beside it")
    void versionReadsItsVersionWhateverStandsBesideIt(String stdin) {
        assertThat(decode(Map.of("CNI_COMMAND", "VERSION"), stdin).version())
                .isEqualTo(CniVersion.V0_4_0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "junk", "[]", "{", "{'cniVersion': 1}", "{'cniVersion': '9'}"})
    void aReplyToWhatCannotBeReadIsInTheNewestVersion(String stdin) {
        assertThat(RequestDecoder.replyVersion(json(stdin).getBytes(UTF_8)))
                .isEqualTo(CniVersion.NEWEST);
        assertThat(decode(Map.of("CNI_COMMAND", "VERSION"), stdin).version())
                .isEqualTo(CniVersion.NEWEST);
    }

    @ParameterizedTest
    @EnumSource(
            value = CniCommand.class,
            names = {"VERSION"},
            mode = Mode.EXCLUDE)
    @DisplayName("row 23: no other verb takes junk")
    void noOtherVerbTakesJunk(CniCommand command) {
        assertThat(refusal(() -> decode(with(ADD, "CNI_COMMAND", command.name()), "{'cniVersion'")))
                .startsWith("6 ");
    }

    @Test
    @DisplayName("row 41: a previous result is decoded on demand")
    void aPreviousResultIsDecodedOnDemand() {
        var del = with(ADD, "CNI_COMMAND", "DEL");
        String start = CONFIG.replace("}", ", 'prevResult': ");

        assertThat(decode(del, CONFIG).previousResult()).isEmpty();
        assertThat(decode(del, start + "null}").previousResult()).isEmpty();
        assertThat(
                        decode(del, start + "{'ips': [{'address': '10.0.0.2/24'}]}}")
                                .previousResult()
                                .orElseThrow()
                                .ips())
                .hasSize(1);
        assertThat(refusal(() -> decode(del, start + "{'ips': 5}}").previousResult()))
                .isEqualTo(
                        "6 prevResult on stdin, key \"ips\": a list is expected, not the number 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'cni.dev/valid-attachments': [{'containerID': 'a', 'ifname': 'eth0'}] | 1
                    'cni.dev/attachments': [{'containerID': 'a', 'ifname': 'eth0'}] | 1
                    'cni.dev/valid-attachments': [], 'cni.dev/attachments': [{'containerID': 'b', 'ifname': 'eth0'}] | 0
                    'cni.dev/valid-attachments': null | 0
                    """)
    @DisplayName(
            "row 65: GC has the list of the standard, else the one that libcni sends beside it")
    void gcHasTheListOfWhatIsValid(String keys, int valid) {
        assertThat(gc(keys).validAttachments())
                .hasSize(valid)
                .allMatch(one -> one.equals(new ValidAttachment("a", "eth0")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'x': 1 | 7 the configuration on stdin, key "cni.dev/valid-attachments": it is missing: without a list of what is valid GC would remove everything
                    'cni.dev/valid-attachments': {} | 6 the configuration on stdin, key "cni.dev/valid-attachments": a list is expected, not the object {}
                    'cni.dev/valid-attachments': [null] | 6 the configuration on stdin, key "cni.dev/valid-attachments[0]": an object is expected, not null
                    'cni.dev/valid-attachments': [{'containerID': 'a'}] | 7 the configuration on stdin, key "cni.dev/valid-attachments[0].ifname": it is missing
                    """)
    @DisplayName("row 65: GC without a list that can be read is refused")
    void gcWithoutAListThatCanBeReadIsRefused(String keys, String sentence) {
        assertThat(refusal(() -> gc(keys).validAttachments())).isEqualTo(sentence);
    }

    private static CniRequest gc(String keys) {
        return decode(Map.of("CNI_COMMAND", "GC"), CONFIG.replace("}", ", " + keys + "}"));
    }

    private static CniRequest decode(Map<String, String> environment, String stdin) {
        return RequestDecoder.decode(environment, json(stdin).getBytes(UTF_8));
    }

    private static Map<String, String> with(
            Map<String, String> environment, String name, String value) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(name, value);
        return changed;
    }
}
