-- wrk ... URL -- FILE METHOD: asks for addresses of the file, one a line, by chance. Each POST comes from another
-- reader. At the end: requests, microseconds they took, answers that were none or errors, and the microseconds that 50,
-- 95 and 99 in a hundred were answered within.

local lines, ready, readers = {}, {}, 0
local threads = 0

function setup(thread)
   thread:set("id", threads)
   threads = threads + 1
end

function init(args)
   method = args[2]
   for line in io.lines(args[1]) do
      lines[#lines + 1] = line
      ready[#ready + 1] = wrk.format(method, line)
   end
   run = os.time()
   math.randomseed(2 * run + id)
end

function request()
   local at = math.random(#lines)
   if method ~= "POST" then
      return ready[at]
   end
   readers = readers + 1
   wrk.headers["User-Agent"] = string.format("Mozilla/5.0 (%d; %d; %d)", run, id, readers)
   return wrk.format(method, lines[at])
end

function done(summary, latency, requests)
   local errors = summary.errors
   local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
   local within = string.format("%d %d %d", latency:percentile(50), latency:percentile(95), latency:percentile(99))
   print(string.format("measured %d %d %d %s", summary.requests, summary.duration, failed, within))
end
