package io.patchbay.meta.cni;

import static io.patchbay.meta.cni.Refusals.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.patchbay.spi.Key;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTypesTest {
    enum Mode {
        L2,
        L3_S
    }

    record Inner(String name, @Key("host-port") int port) {
        Inner {
            if (port < 0) {
                throw new IllegalArgumentException("port " + port + " is negative");
            }
        }
    }

    record Generic<C extends Record>(String label, C config, List<C> more) {}

    record Every(
            @Key("interface") String link,
            Optional<String> text,
            OptionalInt number,
            OptionalLong big,
            boolean flag,
            long count,
            Mode mode,
            Cidr subnet,
            MacAddress mac,
            InetAddress gateway,
            Optional<DeviceId> device,
            CniVersion version,
            Instant since,
            List<Cidr> list,
            Map<String, Inner> map,
            Optional<List<Inner>> maybe) {}

    private static final Every FULL =
            new Every(
                    "eth0",
                    Optional.of("x"),
                    OptionalInt.of(7),
                    OptionalLong.of(Long.MAX_VALUE),
                    true,
                    -5,
                    Mode.L3_S,
                    Cidr.parse("2001:db8::/32"),
                    MacAddress.parse("02:00:00:00:00:01"),
                    Cidr.address("10.0.0.1"),
                    Optional.of(new DeviceId("0000:01:10.0")),
                    CniVersion.V0_4_0,
                    Instant.parse("2026-01-02T03:04:05.678Z"),
                    List.of(Cidr.parse("10.0.0.0/8")),
                    Map.of("a", new Inner("b", 1)),
                    Optional.of(List.of(new Inner("c", 2))));
    private static final String FULL_JSON =
            json(
                    "{'interface':'eth0','text':'x','number':7,'big':9223372036854775807,'flag':true,"
                            + "'count':-5,'mode':'L3_S','subnet':'2001:db8::/32','mac':'02:00:00:00:00:01',"
                            + "'gateway':'10.0.0.1','device':'0000:01:10.0','version':'0.4.0',"
                            + "'since':'2026-01-02T03:04:05.678Z','list':['10.0.0.0/8'],"
                            + "'map':{'a':{'name':'b','host-port':1}},"
                            + "'maybe':[{'name':'c','host-port':2}]}");

    @Test
    void aRecordOfEveryTypeIsWrittenUnderItsKeysAndReadAgain() throws JsonProcessingException {
        assertThat(Json.mapper().writeValueAsString(FULL)).isEqualTo(FULL_JSON);
        assertThat(read(FULL_JSON, Every.class)).isEqualTo(FULL);
    }

    record Sparse(
            Optional<String> text,
            OptionalInt number,
            OptionalLong big,
            boolean flag,
            int count,
            List<String> list,
            Map<String, String> map) {}

    @Test
    void whatIsAbsentOrNullIsEmptyZeroOrFalse() throws JsonProcessingException {
        var empty =
                new Sparse(
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        false,
                        0,
                        List.of(),
                        Map.of());

        assertThat(read("{}", Sparse.class)).isEqualTo(empty);
        assertThat(
                        read(
                                "{'text':null,'number':null,'big':null,'flag':null,'count':null,'list':null,'map':null}",
                                Sparse.class))
                .isEqualTo(empty);
        assertThat(Json.mapper().writeValueAsString(empty))
                .isEqualTo(json("{'flag':false,'count':0,'list':[],'map':{}}"));
    }

    @Test
    void aGenericRecordIsReadWithItsArguments() throws JsonProcessingException {
        var type =
                Json.mapper().getTypeFactory().constructParametricType(Generic.class, Inner.class);
        var value = new Generic<>("l", new Inner("a", 1), List.of(new Inner("b", 2)));

        assertThat(
                        Json.mapper()
                                .<Generic<Inner>>readValue(
                                        Json.mapper().writeValueAsString(value), type))
                .isEqualTo(value);
    }

    @Test
    void anEnumIsReadInAnyCase() throws JsonProcessingException {
        assertThat(read(FULL_JSON.replace("L3_S", "l3_s"), Every.class)).isEqualTo(FULL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                              | ValueInstantiation | name | it is missing
                    {'name':null}                   | ValueInstantiation | name | it is missing
                    {'name':'a','host-port':-1}     | ValueInstantiation |      | port -1 is negative
                    {'name':'a','host-port':1,'b':2}| UnrecognizedProperty | b  |
                    {'name':'a','host-port':'1'}    | MismatchedInput    | host-port |
                    {'name':'a','host-port':1.0}    | InvalidFormat    | host-port |
                    {'name':'a','host-port':true}   | MismatchedInput    | host-port |
                    {'name':'a','host-port':99999999999} | MismatchedInput | host-port |
                    {'name':5}                      | InvalidFormat      | name |
                    {'name':true}                   | InvalidFormat      | name |
                    {'name':['a']}                  | MismatchedInput    | name |
                    []                              | MismatchedInput    |      | an object is expected
                    """)
    @DisplayName("row 12: what is unknown, of the wrong type, missing or refused is told apart")
    void whatIsUnknownWrongMissingOrRefusedIsToldApart(
            String text, String kind, @Nullable String key, @Nullable String sentence) {
        var refusal = refusal(text, Inner.class);

        assertThat(refusal.getClass().getSimpleName()).isEqualTo(kind + "Exception");
        assertThat(refusal.getPath())
                .extracting(JsonMappingException.Reference::getFieldName)
                .isEqualTo(key == null ? List.of() : List.of(key));
        if (sentence != null) {
            assertThat(refusal.getOriginalMessage()).isEqualTo(sentence);
        }
    }

    record Addresses(Optional<InetAddress> ip, List<Cidr> list, Optional<MacAddress> mac) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'ip':'localhost'} | "localhost" is no IP address
                    {'list':['10.0.0.0/8','10']} | "10" has no prefix length: write ADDRESS/PREFIX
                    {'mac':'x'}        | "x" is no MAC address: write six octets, as in 02:00:00:aa:bb:cc
                    {'ip':5}           | a string is expected
                    {'mac':{}}         | a string is expected
                    """)
    void aValueThatCannotBeReadIsRefusedInItsOwnWords(String text, String sentence) {
        assertThat(refusal(text, Addresses.class).getOriginalMessage()).isEqualTo(sentence);
    }

    @Test
    void anUnknownKeyPassesWhereTheReaderAllowsIt() throws JsonProcessingException {
        assertThat(
                        Json.mapper()
                                .readerFor(Inner.class)
                                .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                                .<Inner>readValue(
                                        json("{'name':'a','more':{'deep':[1]},'host-port':1}")))
                .isEqualTo(new Inner("a", 1));
    }

    private static <T> T read(String text, Class<T> type) throws JsonProcessingException {
        return Json.mapper().readValue(json(text), type);
    }

    private static JsonMappingException refusal(String text, Class<?> type) {
        return catchThrowableOfType(JsonMappingException.class, () -> read(text, type));
    }
}
