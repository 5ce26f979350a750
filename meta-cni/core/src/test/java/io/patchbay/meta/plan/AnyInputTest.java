package io.patchbay.meta.plan;

import static io.patchbay.meta.cni.Refusals.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.cni.RequestDecoder;
import io.patchbay.meta.cni.ResultCodec;
import io.patchbay.spi.cni.CniException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is decoded, a bad one is a refusal and never a bug.
class AnyInputTest {
    private static final String CONFIG =
            json(
                    "{'cniVersion':'1.1.0','cniVersions':['1.0.0'],'name':'a','type':'x','disableGC':'true','args':{'cni':{'a':1}},"
                            + "'capabilities':{'ips':true},'runtimeConfig':{'ips':['10.0.0.5/24'],'mac':'02:00:00:00:00:01'},"
                            + "'ipam':{'type':'static'},'plugins':[{'type':'y','ipam':null},{'type':'z'}],"
                            + "'prevResult':{'interfaces':[{'name':'a'}]},'cni.dev/valid-attachments':[{'containerID':'a','ifname':'b'}]}");
    private static final String ANNOTATION =
            json(
                    "[{'name':'a','namespace':'b','ips':['10.0.0.5'],'mac':'02:00:00:00:00:05','portMappings':[{'hostPort':80,'containerPort':8080}],"
                            + "'bandwidth':{'ingressRate':1},'cni-args':{'x':[1]},'default-route':['::1'],'deviceID':'0000:01:10.0'}]");
    private static final String BRIEF = "a/b@net1, c , d@e";
    private static final String RESULT =
            json(
                    "{'cniVersion':'1.1.0','interfaces':[{'name':'a','mac':'02:00:00:00:00:05','mtu':1500}],'ips':[{'address':'10.0.0.5/24','interface':0}],"
                            + "'routes':[{'dst':'0.0.0.0/0','gw':'10.0.0.1','scope':0}],'dns':{'search':['a']}}");
    private static final List<String> PIECES =
            List.of(
                    "null",
                    "{}",
                    "[]",
                    "\"\"",
                    "-1",
                    "1e400",
                    "99999999999999999999",
                    "[null]",
                    "\\u0000",
                    "[[",
                    "}",
                    "\"",
                    ",",
                    ":",
                    "é");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("rows 22 to 25: an input with a few mistakes is decoded or refused (by seed)")
    void anInputWithAFewMistakesIsDecodedOrRefused(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            feed(mutate(CONFIG, random), AnyInputTest::request);
            feed(mutate(CONFIG, random), text -> NetworkConfigDecoder.decode("it", text, "a"));
            feed(mutate(ANNOTATION, random), text -> NetworksAnnotation.parse(text, "home"));
            feed(mutate(BRIEF, random), text -> NetworksAnnotation.parse(text, "home"));
            feed(mutate(RESULT, random), text -> ResultCodec.decode("it", Json.decode("it", text)));
        }
    }

    private static void request(String text) {
        var request = RequestDecoder.decode(Map.of("CNI_COMMAND", "GC"), text.getBytes(ISO_8859_1));
        feed(text, same -> request.validAttachments());
        feed(text, same -> request.previousResult());
    }

    private static void feed(String text, Consumer<String> decoder) {
        Throwable thrown = catchThrowable(() -> decoder.accept(text));
        if (thrown != null) {
            assertThat(thrown).as(text).isInstanceOf(CniException.class);
            assertThat(thrown.getMessage()).as(text).isNotBlank();
        }
    }

    private static String mutate(String text, SplittableRandom random) {
        StringBuilder changed = new StringBuilder(text);
        for (int n = random.nextInt(1, 4); n > 0; n--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(3)) {
                case 0 -> changed.deleteCharAt(at);
                case 1 -> changed.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                default -> replaceValue(changed, at, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return changed.toString();
    }

    /// Puts a piece in the place of the value behind the next colon.
    private static void replaceValue(StringBuilder text, int from, String piece) {
        int colon = text.indexOf("\":", from);
        int end = colon < 0 ? -1 : text.indexOf(",", colon);
        if (end > 0) {
            text.replace(colon + 2, end, piece);
        }
    }
}
