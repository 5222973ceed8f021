// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// Writes the files that `metrics` makes.
struct MetricsWriter {
    private let hostPaths: HostPaths
    private let output: FilePath?
    private let nodeFeatures: FilePath?
    private let versions = EmulatorVersions()
    private lazy var native = PlatformList.ofThisProcessor
    /// The texts of the files as they were written last.
    private var written: [FilePath: String] = [:]

    struct Failure: Error, CustomStringConvertible {
        let file: FilePath
        let error: Errno
        var description: String { "cannot write \(file): \(error)" }
    }

    /// - Parameter output: nil for standard output, unless there is a file for the platforms.
    init(_ hostPaths: HostPaths, output: FilePath?, nodeFeatures: FilePath?) {
        self.hostPaths = hostPaths
        self.output = output
        self.nodeFeatures = nodeFeatures
    }

    /// Writes what has changed.
    ///
    /// - Returns: the interpreters on which the text depends.
    mutating func write() throws -> [FilePath] {
        let status = HostStatus(hostPaths)
        if let nodeFeatures { try write(NodeFeatures(status, native: native).text, to: nodeFeatures) }
        if output != nil || nodeFeatures == nil {
            let text = HostMetrics(status, versions).text
            if let output { try write(text, to: output) } else { try StandardOutput.write(text) }
        }
        return status.interpreters
    }

    private mutating func write(_ text: String, to file: FilePath) throws {
        if written[file] == text { return }
        do { try Files.replace(file, with: Array(text.utf8), makesDirectory: false) } catch {
            throw Failure(file: file, error: error)
        }
        written[file] = text
    }
}
