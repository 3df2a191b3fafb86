// Apache Jena: OUT DATASET FILE…  (see ../main.rs for what a reader is asked to do)
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;

class JenaReader {
    public static void main(String[] arguments) throws Exception {
        Path out = Path.of(arguments[0]);
        Dataset dataset = RDFDataMgr.loadDataset(arguments[1]);
        for (int i = 2; i < arguments.length; i++) {
            Path file = Path.of(arguments[i]);
            String name = file.getFileName().toString();
            if (name.endsWith(".rq")) {
                try (QueryExecution asked = QueryExecutionFactory.create(Files.readString(file), dataset);
                        var answer = new FileOutputStream(out.resolve(name.replaceFirst("rq$", "json")).toFile())) {
                    ResultSetFormatter.outputAsJSON(answer, asked.execSelect());
                }
            } else {
                try (var quads = new FileOutputStream(out.resolve(name + ".nq").toFile())) {
                    RDFDataMgr.write(quads, RDFDataMgr.loadDataset(file.toString()), Lang.NQUADS);
                }
            }
        }
    }
}
