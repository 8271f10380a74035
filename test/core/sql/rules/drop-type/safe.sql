-- case
CREATE TYPE mood AS ENUM ('good');
DROP TYPE mood;
