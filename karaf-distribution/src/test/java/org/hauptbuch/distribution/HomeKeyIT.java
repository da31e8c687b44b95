package org.hauptbuch.distribution;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.jaas.modules.publickey.PublickeyLoginModule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The key of a home is one that Karaf's own login module takes for itself, which it does not do with every key. */
public class HomeKeyIT {
    private static final String P256 = "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBB";

    /** The first with x, the second with y beginning with nine set bits. */
    private static final List<String> MISREAD = List.of(
            P256 + "P/kgizm3nIlH3fKDN0LpPA4FDP8GTIFRE0PMur9RqrmBtGWicY/lrG1+fCqzIy/teeEwM+0F37w2vCt6+Fzrd8=",
            P256 + "BodWHKSrNUlkmKqBgthKT3UxFALwEBoBTU5sDLT9Cox//vRPVgbkMjYpXRJdfbevjRyaWuvxdImL3xWWXDOOZk=");

    /** x, then y with 0xff and a clear bit after it; x, then y with 0x00; x with its first bit set. */
    private static final List<String> READ = List.of(
            P256 + "P9ZMEALjTuq3mOLBFgHuuTx2at+dxJy2a+jiupwuBZwjI2ohXsRy1kI8nqtMixjlAT/86ElgKYFTU38Vmqwm0M=",
            P256 + "GR61c94/Fgn8uC9y45jg+4alhgxVMCVkiUi70bRu68V/yzdgBNqEjAYVAMqHvAsnzNC+ZK33R1fhVKtqkxj0rQ=",
            P256 + "AAvHOShReVzDCByc28BUr1EWObGd/oQinm5joNMLPX2KzYmA3qDdKe3VCsjdaQ2W91/Bk2JRQciniaJonvAhzs=",
            P256 + "FsTMIO3jw+ygBN/12lLtdj+rIib50B2/iq3rVHdlu4jAA5dS0nvWCM/Sx0HsuhS9rUm0YVQtE0ko8oSDO8qTFM=",
            P256 + "NZDOeed4mt1vO4i4d7OiMvRpcVRV3an+viIAowu/vo93UaiN7R8xWFKUITDSN0Uhif2PzuFCaszv7bKSW/iRjQ=");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aKeyThatKarafMisreadsIsReplaced() throws Exception {
        for (String key : MISREAD) {
            assertFalse("Karaf reads " + key + ": the launcher need not look any more", karafTakes(key));
            String made = keyAfterStart(home(key));
            assertFalse("still there: " + key, made.equals(key));
            assertTrue("Karaf refuses " + made, karafTakes(made));
        }
    }

    @Test
    public void aKeyThatKarafReadsIsKept() throws Exception {
        for (String key : READ) {
            assertTrue("Karaf refuses " + key, karafTakes(key));
            assertEquals(key, keyAfterStart(home(key)));
        }
    }

    @Test
    public void aHomeWithoutAKeyGetsOneAndKeepsIt() throws Exception {
        Path home = folder.newFolder().toPath();
        String made = keyAfterStart(home);
        assertTrue("Karaf refuses " + made, karafTakes(made));
        assertEquals(made, keyAfterStart(home));
    }

    private Path home(String key) throws Exception {
        Path home = folder.newFolder().toPath();
        Path ssh = Files.createDirectory(home.resolve("ssh"));
        Files.writeString(ssh.resolve("key"), "its secret half is not read\n");
        Files.writeString(ssh.resolve("key.pub"), "ecdsa-sha2-nistp256 " + key + " hauptbuch\n");
        return home;
    }

    /** What the launcher does about the key before it starts a node. */
    private static String keyAfterStart(Path home) throws Exception {
        Path remote = Path.of(System.getProperty("hauptbuch.assembly"), "libexec", "remote.sh");
        Process process = new ProcessBuilder(
                        "bash", "-euo", "pipefail", "-c", ". \"$0\"; make_key \"$1\"", "" + remote, "" + home)
                .inheritIO()
                .start();
        assertTrue("ends within seconds", process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        return Files.readString(home.resolve("ssh/key.pub"), StandardCharsets.UTF_8)
                .split(" ")[1];
    }

    private static boolean karafTakes(String key) throws Exception {
        return PublickeyLoginModule.equals(decoded(key), key);
    }

    /** RFC 5656, section 3.1: 39 bytes of names and lengths, 0x04, then x and y of 32 bytes each. */
    private static PublicKey decoded(String key) throws Exception {
        byte[] bytes = Base64.getDecoder().decode(key);
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(bytes, 40, 72)),
                new BigInteger(1, Arrays.copyOfRange(bytes, 72, 104)));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }
}
