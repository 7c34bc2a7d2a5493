import java.util.Properties;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;

/** One node of a SolrCloud on loopback: java SolrNode HOME PORT ZOOKEEPER. */
public final class SolrNode {
  private SolrNode() {}

  public static void main(String[] arguments) throws Exception {
    System.setProperty("zkHost", arguments[2]);
    System.setProperty("host", "127.0.0.1");
    System.setProperty("hostPort", arguments[1]);
    JettyConfig config =
        JettyConfig.builder()
            .setPort(Integer.parseInt(arguments[1]))
            .setContext("/solr")
            .stopAtShutdown(true)
            .build();
    new JettySolrRunner(arguments[0], new Properties(), config).start();
    Thread.currentThread().join();
  }
}
