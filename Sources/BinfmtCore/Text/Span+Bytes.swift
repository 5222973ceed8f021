// SPDX-License-Identifier: Apache-2.0

extension Span<UInt8> {
    /// A copy of the bytes.
    var array: [UInt8] {
        var array: [UInt8] = []
        array.reserveCapacity(count)
        for index in indices { array.append(self[index]) }
        return array
    }
}
