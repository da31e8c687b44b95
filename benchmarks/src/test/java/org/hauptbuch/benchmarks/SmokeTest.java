package org.hauptbuch.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark still runs: once, small, in this process. It measures nothing. */
class SmokeTest {
    @BeforeAll
    static void besideOthers() {
        // nothing is measured here: somebody else's measurement on this machine is no reason to refuse
        System.setProperty("jmh.ignoreLock", "true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BlockProductionBenchmark: produce produceAndFinalize produceCached",
                "CertificateBenchmark: verify",
                "LinkBenchmark: link mebibyte",
                "PrimitiveBenchmark: make verify",
                "SignatureBatchBenchmark: batch batchOfNewSenders batchWithOneWrong oneByOne",
                "SlashingDetectionBenchmark: emptyBlock judge judgeAndPunish",
                "TransactionValidationBenchmark: oneSignature prepare receive statefulPart validate validateNewSenders validateOneByOne validatePooled",
                "ValidatorSelectionBenchmark: drawAmongAMillion electOfAMillion electPrepareDraw prepareAMillion"
            })
    void everyBenchmarkRuns(String expected) throws Exception {
        String type = expected.substring(0, expected.indexOf(':'));
        Options once = new OptionsBuilder()
                .include("\\." + type + "\\.")
                .mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .param("size", "8")
                .param("transactions", "20")
                .param("validators", "4")
                .param("parallel", "true")
                .param("candidates", "200")
                .param("crowd", "1000")
                .param("delegators", "4")
                .param("accounts", "10")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        Collection<RunResult> results = new Runner(once).run();
        Set<String> ran = results.stream()
                .map(result -> result.getPrimaryResult().getLabel())
                .collect(Collectors.toSet());
        assertEquals(Set.of(expected.substring(type.length() + 2).split(" ")), ran);
    }
}
