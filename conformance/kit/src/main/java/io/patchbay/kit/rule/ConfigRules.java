package io.patchbay.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.cni.PluginConfig;
import io.patchbay.meta.delegate.ConfigBinder;
import io.patchbay.meta.delegate.UnknownKeys;
import io.patchbay.spi.DelegateProvider;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The group CONFIG: what the record takes, and how it refuses.
public interface ConfigRules<C extends Record> extends Rules {
    /// Values that somebody will write one day, for whichever key.
    List<String> ODD =
            List.of(
                    "true",
                    "-1",
                    "0",
                    "2147483647",
                    "-2147483648",
                    "\"\"",
                    "\" \"",
                    "\"../..\"",
                    "\"a\\u0000b\"",
                    "\"" + "x".repeat(5000) + "\"",
                    "[]",
                    "[null]",
                    "[\"\"]",
                    "[{}]",
                    "{}",
                    "{\"\": null}");

    DelegateProvider<C> provider();

    @Test
    default void config201_bindsTheSameTwice() {
        ObjectNode json = plugin();
        assertThat(bind(json)).isEqualTo(bind(json.deepCopy())).hasSameHashCodeAs(bind(json));
    }

    @Test
    default void config202_takesAnOddValueOrNamesItsKey() {
        ObjectNode good = plugin();
        for (String key : Json.keys(provider().configType())) {
            for (String odd : ODD) {
                ObjectNode json = good.deepCopy();
                json.set(key, json(odd));
                assertTakenOrNamed(json, key, "with \"%s\": %.40s".formatted(key, odd));
            }
        }
    }

    @Test
    default void config203_takesAMissingKeyOrNamesIt() {
        ObjectNode good = plugin();
        for (String key : Json.keys(provider().configType())) {
            ObjectNode json = good.deepCopy();
            json.remove(key);
            assertTakenOrNamed(json, key, "without \"%s\"".formatted(key));
        }
    }

    private void assertTakenOrNamed(ObjectNode json, String key, String how) {
        try {
            bind(json);
        } catch (CniException refusal) {
            assertThat(refusal.code())
                    .as("the code of the refusal %s: %s", how, refusal.getMessage())
                    .isIn(
                            Standard.UNDECODABLE,
                            Standard.INVALID_NETWORK_CONFIG,
                            Standard.UNSUPPORTED_FIELD);
            assertThat(refusal.getMessage()).as("the refusal %s", how).contains(key);
        } catch (RuntimeException e) {
            fail("a configuration %s is refused by %s".formatted(how, e), e);
        }
    }

    private C bind(ObjectNode json) {
        return ConfigBinder.config(
                "the kit's network", json, provider().configType(), UnknownKeys.REFUSED);
    }

    private ObjectNode plugin() {
        return NetworkConfigDecoder.decode("the kit's network", candidate().config(), "kit")
                .plugins()
                .stream()
                .filter(plugin -> plugin.type().equals(provider().type()))
                .map(PluginConfig::json)
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(
                                "the network has no plugin of type " + provider().type()));
    }

    private static JsonNode json(String text) {
        return Json.decode("an odd value", text);
    }
}
