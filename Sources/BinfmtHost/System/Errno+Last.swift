// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

extension Errno {
    /// The calling thread's errno(3).
    package static var last: Errno { Errno(rawValue: Glibc.errno) }

    /// Runs a call of swift-system, which throws only `Errno` although its type does not say so.
    package static func rethrowing<Value>(_ call: () throws -> Value) throws(Errno) -> Value {
        do { return try call() } catch { throw error as? Errno ?? .invalidArgument }
    }
}
