// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Standard output, where a command prints its result. Output that cannot be written is an error of the command.
enum StandardOutput {
    /// A result could not be printed.
    struct Failure: Error, CustomStringConvertible {
        let error: Errno
        var description: String { "cannot write to standard output: \(error)" }
    }

    /// Writes text for people, and a newline.
    static func print(_ text: String) throws(Failure) { try write(Glyphs.current.fit(text) + "\n") }

    /// Writes text as it is.
    static func write(_ text: String) throws(Failure) {
        do { _ = try FileDescriptor.standardOutput.writeAll(text.utf8) } catch { throw Failure(error) }
    }

    /// Closes it. Some file systems, such as NFS, report only then that they are full.
    static func close() throws(Failure) {
        do { try FileDescriptor.standardOutput.close() } catch { throw Failure(error) }
    }
}

extension StandardOutput.Failure {
    fileprivate init(_ error: any Error) { self.init(error: error as? Errno ?? .ioError) }
}
