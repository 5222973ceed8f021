// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtHost
import Glibc
import SystemPackage

struct MetricsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics",
        abstract: "Print the status as metrics for Prometheus.",
        discussion: """
            The format is Prometheus's text format 0.0.4, which the textfile collector of node_exporter reads. With \
            --watch, the files are written again whenever the status changes, and removed at the end.

            Examples:
              binfmtctl metrics
              binfmtctl metrics --output ./binfmtd.prom
            """
    )

    @OptionGroup var host: HostOptions

    /// Declared only to be rejected: the output has its own format.
    @OptionGroup(visibility: .private) var format: FormatOptions

    @Option(help: ArgumentHelp("Write to this file, in one step.", valueName: "file"), completion: .file())
    var output: FilePath?

    @Option(
        help: ArgumentHelp(
            "Write the platforms to this file, for the local source of node-feature-discovery.", valueName: "file"),
        completion: .file())
    var nodeFeatures: FilePath?

    @Flag(help: "Write the files again whenever the status changes.")
    var watch = false

    private var files: [FilePath] { [output, nodeFeatures].compactMap(\.self) }

    func validate() throws {
        if format.json { throw ValidationError("'metrics' has no JSON output; see 'binfmtctl status --json'.") }
        if watch, files.isEmpty { throw ValidationError("'--watch' requires '--output' or '--node-features'.") }
    }

    func run() throws {
        var writer = MetricsWriter(host.hostPaths, output: output, nodeFeatures: nodeFeatures)
        do {
            if !watch { return _ = try writer.write() }
            try HostWatch(host.hostPaths).follow { try writer.write() }
            // A file that nothing keeps up to date would be worse than none.
            for file in files { _ = file.withPlatformString { unlink($0) } }
        } catch let error as MetricsWriter.Failure {
            StandardError.print("error: \(error)")
            throw ExitCode.failure
        }
    }
}
